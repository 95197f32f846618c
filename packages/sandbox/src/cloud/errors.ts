import { CloudError } from "./contract";

/** The errors that many services share, with the real cloud's words. */

export const missing = (parameter: string): CloudError =>
  new CloudError(
    "MissingParameter",
    400,
    `The input parameter "${parameter}" that is mandatory for processing this request is not supplied.`,
  );

export const invalid = (parameter: string, why: string, code = "InvalidParameter"): CloudError =>
  new CloudError(code, 400, `The specified parameter "${parameter}" is not valid: ${why}`);

/** 404: only ever for an object that does not exist. */
export const notFound = (code: string, message: string): CloudError => new CloudError(code, 404, message);

export const refused = (code: string, message: string): CloudError => new CloudError(code, 400, message);

export const quotaExceeded = (code: string, what: string, limit: number): CloudError =>
  new CloudError(code, 400, `The quota of ${what} is exceeded: at most ${limit}.`);

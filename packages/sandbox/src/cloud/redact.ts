import type { Params } from "./contract";

const SECRET = /password|secret|signature$|securitytoken|userdata|accesskeyid|privatekey/i;

/** Parameters without what must not be in a log. */
export function redactParams(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, SECRET.test(name) && value !== "" ? "(redacted)" : value]),
  );
}

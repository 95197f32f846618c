import { CloudError } from "../cloud/contract";
import type { SandboxCredentials } from "./credentials";
import type { ApiRequest } from "./request";
import {
  canonicalRequest,
  parseAuthorization,
  sameText,
  signV1,
  signV3,
  stringToSign,
  stringToSignV3,
} from "./signature";

/** How far a request's clock may be from ours, in milliseconds. */
export const MAX_SKEW = 15 * 60 * 1000;

const refuse = (code: string, message: string): CloudError => new CloudError(code, 400, message);

/** What a request says about who sent it and when, in either signature style. */
interface Claim {
  readonly accessKeyId: string;
  readonly token: string;
  readonly time: string;
  readonly nonce: string;
  readonly signature: string;
  /** What was signed, and how. */
  readonly text: string;
  readonly sign: (secret: string, text: string) => string;
}

/** Checks signatures, and that no request comes twice or too late. */
export class Authenticator {
  private readonly keys: ReadonlyMap<string, SandboxCredentials>;
  /** Nonces seen, oldest first, with the moment from which they cannot come back anyway. */
  private readonly nonces = new Map<string, number>();

  public constructor(
    credentials: readonly SandboxCredentials[],
    private readonly clock: () => number,
  ) {
    this.keys = new Map(credentials.map((one) => [one.accessKeyId, one]));
  }

  /** @throws CloudError with the real cloud's code; never 404, which would mean that an object is missing */
  public check(request: ApiRequest): void {
    const claim = request.headers["authorization"] === undefined ? claimV1(request) : claimV3(request);
    if (claim.accessKeyId === "") throw refuse("MissingAccessKeyId", "AccessKeyId is mandatory for this action.");
    const key = this.keys.get(claim.accessKeyId);
    if (key === undefined)
      throw refuse(
        "InvalidAccessKeyId.NotFound",
        "Specified access key is not found. The sandbox accepts only its own keys.",
      );
    this.checkTime(claim.time);
    if (!sameText(claim.sign(key.accessKeySecret, claim.text), claim.signature))
      throw refuse(
        "SignatureDoesNotMatch",
        `Specified signature is not matched with our calculation. server string to sign is:${claim.text}`,
      );
    if ((key.securityToken ?? "") !== claim.token)
      throw refuse(
        "InvalidSecurityToken.Malformed",
        "The security token you provided does not belong to this access key.",
      );
    // Only a request that is genuine uses up its nonce.
    this.useNonce(`${claim.accessKeyId}/${claim.nonce}`, claim.nonce);
  }

  private checkTime(text: string): void {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) || Number.isNaN(Date.parse(text)))
      throw refuse("InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
    if (Math.abs(Date.parse(text) - this.clock()) > MAX_SKEW)
      throw refuse("InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
  }

  private useNonce(key: string, nonce: string): void {
    if (nonce === "") throw refuse("MissingSignatureNonce", "SignatureNonce is mandatory for this action.");
    const now = this.clock();
    for (const [seen, until] of this.nonces) {
      if (until > now) break;
      this.nonces.delete(seen);
    }
    if (this.nonces.has(key)) throw refuse("SignatureNonceUsed", "Specified signature nonce was used already.");
    this.nonces.set(key, now + 2 * MAX_SKEW);
  }
}

function claimV1(request: ApiRequest): Claim {
  const { params } = request;
  const signature = params["Signature"] ?? "";
  if (signature === "")
    throw refuse(
      "IncompleteSignature",
      "The request signature does not conform to Alibaba Cloud standards: Signature is missing.",
    );
  if (params["SignatureMethod"] !== "HMAC-SHA1" || params["SignatureVersion"] !== "1.0")
    throw refuse(
      "InvalidSignatureMethod",
      "The sandbox takes SignatureMethod HMAC-SHA1 with SignatureVersion 1.0, or ACS3-HMAC-SHA256.",
    );
  return {
    accessKeyId: params["AccessKeyId"] ?? "",
    token: params["SecurityToken"] ?? "",
    time: params["Timestamp"] ?? "",
    nonce: params["SignatureNonce"] ?? "",
    signature,
    text: stringToSign(request.method, params),
    sign: signV1,
  };
}

function claimV3(request: ApiRequest): Claim {
  const { headers } = request;
  const authorization = parseAuthorization(headers["authorization"] ?? "");
  if (authorization === undefined)
    throw refuse("IncompleteSignature", "The Authorization header does not have the form of ACS3-HMAC-SHA256.");
  for (const needed of ["x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"])
    if (!authorization.signedHeaders.includes(needed) && headers[needed] !== undefined)
      throw refuse("IncompleteSignature", `The header ${needed} must be signed.`);
  const canonical = canonicalRequest(
    request.method,
    request.path,
    request.query,
    headers,
    authorization.signedHeaders,
    request.body,
  );
  return {
    accessKeyId: authorization.accessKeyId,
    token: headers["x-acs-security-token"] ?? "",
    time: headers["x-acs-date"] ?? "",
    nonce: headers["x-acs-signature-nonce"] ?? "",
    signature: authorization.signature,
    text: stringToSignV3(canonical),
    sign: signV3,
  };
}

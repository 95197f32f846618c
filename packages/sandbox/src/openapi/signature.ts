import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** RFC 3986: only letters, digits and `-_.~` stay as they are. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));

/**
 * What is signed with HMAC-SHA1 (signature version 1.0).
 * @param parameters all query and form parameters; `Signature` itself is left out
 */
export function stringToSign(method: string, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(parameters)
    .filter((name) => name !== "Signature")
    .sort(byBytes)
    .map((name) => `${percentEncode(name)}=${percentEncode(parameters[name]!)}`);
  return `${method}&%2F&${percentEncode(pairs.join("&"))}`;
}

/** Signature version 1.0: base64 of HMAC-SHA1 with the secret and `&` as key. */
export const signV1 = (secret: string, text: string): string =>
  createHmac("sha1", `${secret}&`).update(text, "utf8").digest("base64");

/** What the `Authorization` header of the newer style (ACS3-HMAC-SHA256) says. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export const ACS3 = "ACS3-HMAC-SHA256";

export function parseAuthorization(header: string): Authorization | undefined {
  const [, accessKeyId, headers, signature] =
    /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]+)$/.exec(header) ?? [];
  if (accessKeyId === undefined || headers === undefined || signature === undefined) return undefined;
  return { accessKeyId, signedHeaders: headers.split(";"), signature };
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

/** What the newer style signs: the whole request in a fixed form. */
export function canonicalRequest(
  method: string,
  path: string,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string | undefined>>,
  signedHeaders: readonly string[],
  body: Buffer,
): string {
  const pairs = Object.keys(query)
    .sort(byBytes)
    .map((name) => `${percentEncode(name)}=${percentEncode(query[name]!)}`);
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? "").trim()}\n`);
  return [method, path, pairs.join("&"), lines.join(""), signedHeaders.join(";"), sha256(body)].join("\n");
}

export const stringToSignV3 = (request: string): string => `${ACS3}\n${sha256(request)}`;
export const signV3 = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text, "utf8").digest("hex");

/** Compares without telling by its time where two texts differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [sha256(a), sha256(b)].map((text) => Buffer.from(text));
  return timingSafeEqual(left!, right!);
}

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { OpenApi } from "../../src/openapi";
import type { Loose } from "../cloud/harness";
import { percentEncode, signV1, stringToSign } from "../../src/openapi/signature";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Loose;
}

export interface Sending {
  readonly method?: "GET" | "POST" | "PUT";
  readonly path?: string;
  readonly secure?: boolean;
  /** Parameters in the query. */
  readonly query: Record<string, string>;
  /** Parameters in the form body. */
  readonly form?: Record<string, string>;
}

const encode = (params: Record<string, string>): string =>
  Object.entries(params)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join("&")
    // The real clients send a space as a plus sign.
    .replaceAll("%20", "+");

/** Sends a request as it stands. */
export function send(
  front: OpenApi,
  { method = "POST", path = "/", secure = false, query, form }: Sending,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = form === undefined ? "" : encode(form);
    const options = {
      host: "127.0.0.1",
      port: front.port,
      method,
      path: `${path}?${encode(query)}`,
      headers: { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) },
      ...(secure ? { ca: readFileSync(front.caFile) } : {}),
      agent: false as const,
    };
    const sent = (secure ? httpsRequest : httpRequest)(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(Buffer.concat(chunks).toString("utf8")),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Common parameters of a request, before it is signed. */
export function common(front: OpenApi, version: string, action: string): Record<string, string> {
  return {
    Action: action,
    Version: version,
    Format: "json",
    Timestamp: new Date().toISOString().replace(/\.\d{3}Z$/, "Z"),
    SignatureNonce: randomUUID(),
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    AccessKeyId: front.credentials.accessKeyId,
  };
}

/** Signs and sends. `change` may spoil the query before or after signing. */
export function signed(
  front: OpenApi,
  sending: Sending,
  options: { readonly secret?: string; readonly after?: (query: Record<string, string>) => void } = {},
): Promise<Answer> {
  const query = { ...sending.query };
  const text = stringToSign(sending.method ?? "POST", { ...query, ...sending.form });
  query["Signature"] = signV1(options.secret ?? front.credentials.accessKeySecret, text);
  options.after?.(query);
  return send(front, { ...sending, query });
}

import type { IncomingMessage } from "node:http";
import { CloudError } from "../cloud/contract";

/** A request in one form for all API styles. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  /** Query and form together. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly action: string;
  readonly version: string;
}

/** Largest request body, in bytes. */
export const MAX_BODY = 1024 * 1024;

/** Reads a request whole. @throws CloudError when it is not one of an RPC API */
export async function readRequest(message: IncomingMessage): Promise<ApiRequest> {
  const method = message.method ?? "";
  const body = await readBody(message);
  const url = addressOf(message.url ?? "/");
  if (method !== "GET" && method !== "POST")
    throw new CloudError("UnsupportedHTTPMethod", 400, `This http method ${method} is not supported.`);
  if (url.pathname !== "/")
    throw new CloudError("InvalidPath", 400, `The path ${url.pathname} is not one of the RPC APIs; use /.`);
  const headers = plainHeaders(message);
  const query = Object.fromEntries(url.searchParams);
  const form = formOf(headers["content-type"] ?? "", body);
  const params = { ...query, ...form };
  return {
    method,
    path: url.pathname,
    query,
    form,
    params,
    headers,
    body,
    action: params["Action"] ?? headers["x-acs-action"] ?? "",
    version: params["Version"] ?? headers["x-acs-version"] ?? "",
  };
}

function addressOf(text: string): URL {
  try {
    // The base only makes the relative address parse; nothing of it is used.
    return new URL(text, "http://sandbox.invalid");
  } catch {
    throw new CloudError("InvalidPath", 400, "The path of the request cannot be parsed; use /.");
  }
}

/** Reads no further than it may: the rest is for the one who answers to cut off. */
function readBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY) return void chunks.push(chunk);
      message.pause().removeAllListeners("data");
      reject(new CloudError("RequestTooLarge", 400, `The request body may have at most ${MAX_BODY} bytes.`));
    });
    message.on("end", () => resolve(Buffer.concat(chunks)));
    message.on("error", reject);
    message.on("close", () => reject(new CloudError("RequestIncomplete", 400, "The request ended before its end.")));
  });
}

function plainHeaders(message: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );
}

function formOf(type: string, body: Buffer): Record<string, string> {
  if (body.length === 0) return {};
  if (type.includes("json")) return jsonForm(body);
  return Object.fromEntries(new URLSearchParams(body.toString("utf8")));
}

/** A JSON body gives its plain values; RPC APIs have no nested ones. */
function jsonForm(body: Buffer): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch {
    throw new CloudError("InvalidRequestBody", 400, "The request body is not valid JSON.");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new CloudError("InvalidRequestBody", 400, "The request body is not a JSON object.");
  return Object.fromEntries(
    Object.entries(parsed)
      .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
      .map(([name, value]) => [name, String(value)]),
  );
}

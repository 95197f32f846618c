import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { defined } from "../../core/defined";
import { AnycastError, messageOf, systemCodeOf } from "../../core/errors";
import type { Endpoint } from "./endpoint";
import { networkError } from "./network-error";

/** The request. */
export interface Asked {
  /** @default "GET" */
  readonly method?: "GET" | "HEAD";
  /** Further headers: name, then value. The Host header is the endpoint's. @default none */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

export interface Answer {
  readonly status: number;
  /** Bytes of the body, without transfer coding. */
  readonly bytes: number;
  /** The body's size as the answer to HEAD announces it, in bytes. @default it does not */
  readonly announced?: number;
}

/**
 * Sends the request over an established connection with Node's HTTP client, and reads the answer to its end; the body is
 * dropped.
 * @param onFirstByte called when the first byte of the answer is there
 * @throws AnycastError `MalformedAnswer`, `AnswerCutShort`, `ConnectionBroken`
 */
export function exchange(channel: Socket, endpoint: Endpoint, asked: Asked, onFirstByte: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let received = false;
    const failed = (cause: Error): void => reject(exchangeError(cause, received, bytes));
    const call = request({
      createConnection: () => channel,
      method: asked.method ?? "GET",
      path: endpoint.path,
      setHost: false,
      headers: [
        ["Host", endpoint.hostHeader],
        ["User-Agent", "cdktf-alicloud-anycast-verify"],
        ["Accept", "*/*"],
        ...(asked.headers ?? []),
        ["Connection", "close"],
      ].flat() as string[],
    });
    call.on("error", failed);
    // Not earlier: a listener starts the flow of bytes, and the client must be attached before the first one.
    call.on("socket", (socket) =>
      socket.prependOnceListener("data", () => {
        received = true;
        onFirstByte();
      }),
    );
    // An informational response (1xx) before the answer does not count as its first byte.
    let hinted = false;
    call.on("information", () => (hinted = true));
    call.on("upgrade", () => failed(new Error("a change of protocol that was not asked for")));
    call.on("response", (answer: IncomingMessage) => {
      if (hinted) onFirstByte();
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
      answer.on("error", failed);
      answer.on("end", () => {
        const announced = announcedSize(asked, answer.headers["content-length"]);
        resolve({ status: answer.statusCode ?? 0, bytes, ...defined({ announced }) });
      });
    });
    call.end();
  });
}

/** The size in the Content-Length of an answer to HEAD, which has no body to count. */
export function announcedSize({ method }: Asked, contentLength: unknown): number | undefined {
  return method === "HEAD" && /^\d{1,15}$/.test(String(contentLength)) ? Number(contentLength) : undefined;
}

function exchangeError(cause: Error, received: boolean, bytes: number): AnycastError {
  const code = systemCodeOf(cause) ?? "";
  if (code.startsWith("HPE_") || /change of protocol/.test(cause.message)) {
    return new AnycastError(
      "MalformedAnswer",
      `The answer is not HTTP/1.x: ${messageOf(cause)}. Fix: check the URL's port.`,
      { cause },
    );
  }
  if (/aborted|socket hang up/.test(cause.message)) {
    const message = received
      ? `The connection ended in the middle of the answer, after ${bytes} bytes of its body.`
      : "The connection ended before an answer came.";
    return new AnycastError("AnswerCutShort", message, { cause });
  }
  return networkError(cause, "ConnectionBroken");
}

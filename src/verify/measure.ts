import { isIP } from "node:net";
import type { Socket } from "node:net";
import { AnycastError } from "../core/errors";
import type { VerifySample } from "../core/verify-report";
import { connectTcp, connectTls, networkError, resolve } from "./connect";
import type { TlsTrust } from "./connect";
import type { Endpoint } from "./endpoint";
import { HttpResponse } from "./http-response";
import type { Proxy } from "./proxy";

export interface MeasureOptions extends TlsTrust {
  /** Longest time of one request as a whole, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** @default direct connections */
  readonly proxy?: Proxy;
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

/**
 * Makes one GET request over a connection of its own and takes the times that curl takes: `curl -o /dev/null -s -w …`.
 * Redirects are not followed; the body is read to its end and dropped.
 * @throws AnycastError `TimedOut`, `ConnectionRefused`, `TlsFailed`, `UnexpectedStatus`, …
 */
export async function measure(endpoint: Endpoint, options: MeasureOptions = {}): Promise<VerifySample> {
  const timeoutMs = options.timeoutMs ?? 10_000;
  const sockets: Socket[] = [];
  let over = false;
  let phase = "looking up the name";
  let giveUp: ((reason: AnycastError) => void) | undefined;
  const givenUp = new Promise<never>((_resolve, reject) => (giveUp = reject));
  const timer = setTimeout(
    () => giveUp?.(new AnycastError("TimedOut", `No complete answer within ${timeoutMs / 1000} s (while ${phase}).`)),
    timeoutMs,
  );
  // A name that is found too late must not lead to a connection that nobody closes.
  const keep = (socket: Socket): void => void (over ? socket.destroy() : sockets.push(socket));
  const abort = (): void => giveUp?.(new AnycastError("Aborted", "The measurement was stopped."));
  options.signal?.addEventListener("abort", abort);
  try {
    if (options.signal?.aborted) abort();
    const work = request(endpoint, options, keep, (name) => (phase = name));
    return await Promise.race([work, givenUp]);
  } finally {
    over = true;
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
    for (const socket of sockets) socket.destroy();
  }
}

async function request(
  endpoint: Endpoint,
  options: MeasureOptions,
  keep: (socket: Socket) => void,
  enter: (phase: string) => void,
): Promise<VerifySample> {
  const began = performance.now();
  // Microseconds are as fine as curl shows them.
  const elapsed = (): number => Math.round((performance.now() - began) * 1000) / 1e6;
  const looksUp = options.proxy === undefined && isIP(endpoint.host) === 0;
  const address = looksUp ? await resolve(endpoint.host) : endpoint.host;
  const lookedUp = looksUp ? { time_namelookup: elapsed() } : {};
  enter("connecting");
  const socket = await connectTcp(endpoint, address, options.proxy, keep);
  const connected = elapsed();
  enter("agreeing on TLS");
  const channel = endpoint.secure ? await connectTls(socket, endpoint, options) : socket;
  const agreed = endpoint.secure ? { time_appconnect: elapsed() } : {};
  enter("waiting for the first byte");
  const { response, firstByte } = await exchange(channel, endpoint, () => {
    enter("reading the answer");
    return elapsed();
  });
  const total = elapsed();
  if (response.status >= 400) {
    throw new AnycastError(
      "UnexpectedStatus",
      `Expected a status below 400 from ${endpoint.url}, got ${response.status}. Fix: measure a path that answers well.`,
    );
  }
  return {
    ...lookedUp,
    time_connect: connected,
    ...agreed,
    time_starttransfer: firstByte,
    time_total: total,
    http_code: response.status,
    size_download: response.bodyBytes,
  };
}

/** Sends the request and reads the answer to its end. */
function exchange(
  channel: Socket,
  endpoint: Endpoint,
  onFirstByte: () => number,
): Promise<{ response: HttpResponse; firstByte: number }> {
  return new Promise((resolvePromise, reject) => {
    const response = new HttpResponse();
    let firstByte: number | undefined;
    const guarded = (work: () => void): void => {
      try {
        work();
        if (response.done && firstByte !== undefined) resolvePromise({ response, firstByte });
      } catch (thrown) {
        reject(thrown as Error);
      }
    };
    channel.on("data", (chunk: Buffer) => {
      firstByte ??= onFirstByte();
      guarded(() => response.feed(chunk));
    });
    channel.on("end", () => guarded(() => response.end()));
    channel.on("error", (cause) => reject(networkError(cause, "ConnectionBroken")));
    channel.on("close", () => guarded(() => response.end()));
    channel.write(
      [
        `GET ${endpoint.path} HTTP/1.1`,
        `Host: ${endpoint.hostHeader}`,
        "User-Agent: cdktf-alicloud-anycast-verify",
        "Accept: */*",
        "Connection: close",
        "",
        "",
      ].join("\r\n"),
    );
    channel.resume();
  });
}

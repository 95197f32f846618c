import { defined } from "../../core/defined";
import type { Socket } from "node:net";
import { AnycastError } from "../../core/errors";
import type { Timing, VerifyAttempt } from "../../core/verify-report";
import { connectAny, connectTls, secureContextOf } from "./connect";
import type { TlsTrust } from "./connect";
import type { Endpoint } from "./endpoint";
import { exchange } from "./exchange";
import type { Asked } from "./exchange";
import type { Proxy } from "./proxy";
import { addressesOf, mustLookUp } from "./resolve";
import type { ResolveOptions } from "./resolve";
import { connectThrough } from "./socks";

export interface MeasureOptions extends TlsTrust, ResolveOptions, Asked {
  /** Longest time of one request as a whole, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** @default direct connections */
  readonly proxy?: Proxy;
  /** Statuses that count as answered. @default all below 400 */
  readonly expectStatus?: readonly number[];
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

/** The result of one request: a row of a record, without its pair, side and place. */
export type Measured = Omit<VerifyAttempt, "pair" | "side" | "vantage">;

const PHASES: Readonly<Record<string, string>> = {
  time_namelookup: "looking up the name",
  time_connect: "connecting",
  time_appconnect: "agreeing on TLS",
  time_starttransfer: "waiting for the first byte",
  time_total: "reading the answer",
};

/**
 * Makes one request over a connection of its own and measures the times that curl measures: `curl -o /dev/null -s -w …`.
 * Redirects are not followed; the body is read to its end and dropped. A failure is part of the result.
 * @throws AnycastError `Aborted`
 */
export async function measure(endpoint: Endpoint, options: MeasureOptions = {}): Promise<Measured> {
  const timeoutMs = options.timeoutMs ?? 10_000;
  if (endpoint.secure) secureContextOf(options);
  const taken = new Course(timeoutMs, options.signal);
  try {
    const answer = await Promise.race([request(endpoint, options, taken), taken.givenUp]);
    const unwanted = unwantedStatus(answer.status, endpoint, options.expectStatus);
    return { ...taken.result(), ...answer, ...defined({ error: unwanted }) };
  } catch (thrown) {
    if (thrown instanceof AnycastError && thrown.code !== "Aborted")
      return { ...taken.result(), error: { code: thrown.code, message: thrown.message } };
    throw thrown;
  } finally {
    taken.end();
  }
}

async function request(
  endpoint: Endpoint,
  options: MeasureOptions,
  taken: Course,
): Promise<Awaited<ReturnType<typeof exchange>>> {
  const { host, port } = endpoint;
  const looksUp = options.proxy === undefined && mustLookUp(host, port, options);
  taken.enter(looksUp ? "time_namelookup" : "time_connect");
  const addresses = options.proxy === undefined ? await addressesOf(host, port, options) : [];
  if (looksUp) taken.reached("time_namelookup", "time_connect");
  const keep = (socket: Socket): void => taken.keep(socket);
  const socket =
    options.proxy === undefined
      ? await connectAny(addresses, port, keep)
      : await connectThrough(options.proxy, endpoint, options.timeoutMs ?? 10_000, keep);
  taken.reached("time_connect", endpoint.secure ? "time_appconnect" : "time_starttransfer");
  if (options.proxy === undefined) taken.remote = remoteOf(socket);
  const channel = endpoint.secure ? await connectTls(socket, endpoint, options) : socket;
  if (endpoint.secure) taken.reached("time_appconnect", "time_starttransfer");
  const answer = await exchange(channel, endpoint, options, () => taken.reached("time_starttransfer", "time_total"));
  taken.reached("time_total");
  return answer;
}

function remoteOf({ remoteAddress = "", remotePort = 0 }: Socket): string {
  return `${remoteAddress.includes(":") ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`;
}

/** Why a status does not count as answered. */
export function unwantedStatus(
  status: number,
  endpoint: Endpoint,
  wanted: readonly number[] | undefined,
): VerifyAttempt["error"] {
  if (wanted === undefined ? status < 400 : wanted.includes(status)) return undefined;
  const rule = wanted === undefined ? "below 400" : wanted.join(" or ");
  const message = `Expected the status of ${endpoint.url} to be ${rule}, got \`${status}\`. Fix: measure a page that answers with it, or name the status with --expect-status.`;
  return { code: "UnexpectedStatus", message };
}

/** The progress of one request: its current phase, the times it reached, and the ways to end it from outside. */
class Course {
  public remote: string | undefined;
  public readonly givenUp: Promise<never>;
  private readonly at = Date.now();
  private readonly began = performance.now();
  private readonly us: Partial<Record<Timing, number>> = {};
  private readonly sockets: Socket[] = [];
  private phase: Timing = "time_connect";
  private over = false;
  private readonly cleanUp: () => void;

  public constructor(timeoutMs: number, signal: AbortSignal | undefined) {
    let giveUp: (reason: AnycastError) => void = () => undefined;
    this.givenUp = new Promise<never>((_resolve, reject) => (giveUp = reject));
    const late = (): void =>
      giveUp(
        new AnycastError(
          "TimedOut",
          `No complete answer within ${timeoutMs / 1000} s (while ${PHASES[this.phase] ?? ""}).`,
        ),
      );
    const timer = setTimeout(late, timeoutMs);
    const abort = (): void => giveUp(new AnycastError("Aborted", "The measurement was stopped."));
    signal?.addEventListener("abort", abort);
    this.cleanUp = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    if (signal?.aborted) abort();
  }

  public enter(phase: Timing): void {
    this.phase = phase;
  }

  public reached(timing: Timing, next: Timing = timing): void {
    this.us[timing] = Math.round((performance.now() - this.began) * 1000);
    this.phase = next;
  }

  /** Keeps a socket to be closed later. If the request has ended already, the socket is closed at once. */
  public keep(socket: Socket): void {
    if (this.over) socket.destroy();
    else this.sockets.push(socket);
  }

  public result(): Measured {
    return { at: this.at, ...defined({ remote: this.remote }), us: { ...this.us } };
  }

  public end(): void {
    this.over = true;
    this.cleanUp();
    for (const socket of this.sockets) socket.destroy();
  }
}

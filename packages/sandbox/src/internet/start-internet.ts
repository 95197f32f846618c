import { setMaxListeners } from "node:events";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { listenOn } from "../loopback";
import { Applications } from "./application";
import { environmentOf } from "./environment";
import type { Lookup } from "./lookup";
import { DEFAULT_USER } from "./places";
import type { UserLocation } from "./places";
import { seededRandom } from "./random";
import { serveClient } from "./session";
import type { InternetEvent } from "./session";
import type { Timing } from "./traffic";

export interface InternetOptions {
  /** Finds what the simulated cloud has at an address; see `cloudLookup`. */
  readonly lookup: Lookup;
  /** Where the user sits. @default "london" */
  readonly user?: UserLocation;
  /** Same seed, same jitter and losses for the n-th connection to an address. @default 1 */
  readonly seed?: number;
  /** Divides every delay, for tests. @default 1 */
  readonly speed?: number;
  /** Milliseconds until an address that answers nothing is given up. @default 3000 */
  readonly silenceMs?: number;
  /** Milliseconds a client may take to name its target. @default 10000 */
  readonly negotiationMs?: number;
  /** Environment that `Internet.env` will be added to. @default process.env */
  readonly baseEnv?: NodeJS.ProcessEnv;
  /** Called with what happens to each connection. @default no listener */
  readonly onEvent?: (event: InternetEvent) => void;
  /** Called with the timings of each connection to an address of the cloud that has ended. @default no listener */
  readonly onTiming?: (timing: Timing) => void;
}

export interface Internet {
  /** Port on 127.0.0.1 of the SOCKS 5 proxy that simulates the user's access network. */
  readonly port: number;
  /**
   * Variables for programs that shall use this internet: ours for `anycast verify`, the usual ones for curl.
   * Loopback stays direct.
   */
  readonly env: Readonly<Record<string, string>>;
  /** Breaks all connections and frees the ports. */
  stop(): Promise<void>;
}

/**
 * Starts the internet of the sandbox: real sockets on loopback, with the delays of a distant user. Only addresses
 * that `lookup` knows are reached; everything else is refused, so nothing here ever talks to the real internet.
 */
export async function startInternet(options: InternetOptions): Promise<Internet> {
  const applications = new Applications();
  const clients = new Set<Socket>();
  const stopped = new AbortController();
  // Every connection that waits listens to it; Node would report more than ten as a leak.
  setMaxListeners(0, stopped.signal);
  const connections = new Map<string, number>();
  const context = {
    lookup: options.lookup,
    applications,
    user: options.user ?? DEFAULT_USER,
    speed: options.speed ?? 1,
    silenceMs: options.silenceMs ?? 3000,
    negotiationMs: options.negotiationMs ?? 10_000,
    onEvent: options.onEvent ?? (() => undefined),
    onTiming: options.onTiming ?? (() => undefined),
    signal: stopped.signal,
    // Counted per address, so that one address's luck does not depend on how often another one was called.
    randomFor: (to: string) => {
      const count = (connections.get(to) ?? 0) + 1;
      connections.set(to, count);
      return seededRandom(options.seed ?? 1, to, count);
    },
  };
  const server = createServer({ noDelay: true, allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    clients.add(client);
    client.on("close", () => clients.delete(client));
    client.on("error", () => undefined);
    void serveClient(client, context);
  });
  const port = await listenOn(server);
  return {
    port,
    env: environmentOf(`socks5://127.0.0.1:${port}`, options.baseEnv ?? process.env),
    stop: async () => {
      stopped.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const client of clients) client.destroy();
      await closed;
      await applications.stop();
    },
  };
}

import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { guard, limit, LIMITS } from "../front/guard";
import type { Traffic } from "../internet/traffic";
import { bracketed, demandLoopback, listenOn } from "../loopback";
import { loadAssets } from "./assets";
import type { Asset } from "./assets";
import { EventStream } from "./event-stream";
import { HEADERS, SIMULATED } from "./headers";
import { Watcher } from "./watcher";
import type { Watched } from "./watcher";
import { queryOf } from "./view/query";

/** How long pages have to ask for the last change, in milliseconds. */
const LAST_LOOK = 400;

export interface UiOptions {
  /** The simulated cloud to look at; it is only read. */
  readonly cloud: Watched;
  /** What connections through the simulated internet take. @default none, and the picture shows what the map says */
  readonly traffic?: Traffic;
  /** One of `127.0.0.1`, `::1` and `localhost`. @default "127.0.0.1" */
  readonly host?: string;
  /** Port to serve on; 0 takes a free one. @default 0 */
  readonly port?: number;
}

export interface Ui {
  /** Where to look, e.g. `http://127.0.0.1:41233/`. */
  readonly url: string;
  /** Tells the open pages that the sandbox has stopped, and ends every connection. */
  stop(): Promise<void>;
}

/**
 * Serves the sandbox's page: a view of the simulated cloud that follows its changes. For browsers on this machine only,
 * for reading only, with nothing from anywhere else.
 * @throws SandboxError `SandboxNotLoopback`, `SandboxPortTaken`, `PackageIncomplete`
 */
export async function startUi(options: UiOptions): Promise<Ui> {
  const { cloud, traffic, host = "127.0.0.1", port: asked = 0 } = options;
  demandLoopback(host);
  const assets = loadAssets();
  const stream = new EventStream();
  // A cloud that is closed without the page: observers are notified, and no page shows it as running.
  const watcher = new Watcher(
    cloud,
    traffic,
    (message) => stream.send(message),
    () => {
      watcher.stop();
      void stream.end();
    },
  );
  let port = asked;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.method !== "GET") return refuse(response, 405, "Only GET is answered.", { Allow: "GET" });
    const path = request.url?.split("?", 1)[0] ?? "";
    if (path === "/events") {
      if (!stream.begin(response, () => watcher.beginning())) refuse(response, 503, "No more pages can watch.");
      return;
    }
    if (path === "/state") {
      const state = Buffer.from(JSON.stringify(watcher.state(queryOf(request.url ?? ""))));
      return send(response, { type: "application/json; charset=utf-8", body: state });
    }
    const asset = assets.get(path);
    if (asset === undefined) return refuse(response, 404, "There is nothing here.");
    send(response, asset);
  };
  const guarded = guard({
    port: () => port,
    handle: answer,
    refuse: (response, { status, message }) => refuse(response, status, message),
  });
  const server = createServer({ maxHeaderSize: LIMITS.headers }, guarded);
  limit(server);

  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    // The last change is shown too: a page requests what it is notified of.
    if (watcher.stop() && stream.watched) await sleep(LAST_LOOK);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await stream.end();
    server.closeAllConnections();
    await closed;
  };
  const stop = (): Promise<void> => (ended ??= end());
  try {
    port = await listenOn(server, host, asked);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { url: `http://${bracketed(host)}:${port}/`, stop };
}

function send(response: ServerResponse, { type, body }: Asset): void {
  response.writeHead(200, { ...HEADERS, "Content-Type": type, "Content-Length": body.length });
  response.end(body);
}

function refuse(response: ServerResponse, status: number, why: string, more: Record<string, string> = {}): void {
  const body = `${SIMULATED}\n${why}\n`;
  response.writeHead(status, { ...HEADERS, ...more, "Content-Type": "text/plain; charset=utf-8" });
  response.end(body);
}

import { createServer, Server as HttpServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server as NetServer } from "node:net";
import { listenOn } from "../loopback";
import { startTlsFront } from "./tls-front";

/** Largest answer of `/bytes/N`. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Running {
  readonly server: NetServer;
  readonly port: number;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The sample application: one real HTTP server on loopback for each simulated instance, started when first used. */
export class Applications {
  private readonly servers = new Map<string, Promise<Running>>();

  /** The loopback port at which the application of an instance answers. */
  public portOf(serverId: string, region: string): Promise<number> {
    return this.running(`application ${serverId}`, () =>
      start((request, response) => answer(serverId, region, request, response)),
    );
  }

  /** The loopback port at which a load balancer answers for itself, having no back end that could. */
  public unavailable(): Promise<number> {
    return this.running("unavailable", () =>
      start((request, response) => {
        request.resume();
        response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
        response.end("No healthy back-end server is behind this listener.\n");
      }),
    );
  }

  /** The loopback port at which TLS is ended in front of another one. */
  public securely(port: number): Promise<number> {
    return this.running(`tls ${port}`, () => startTlsFront(port));
  }

  public async stop(): Promise<void> {
    const all = [...this.servers.values()];
    this.servers.clear();
    await Promise.all(all.map(async (one) => close((await one).server)));
  }

  private async running(name: string, begin: () => Promise<Running>): Promise<number> {
    let running = this.servers.get(name);
    if (running === undefined) {
      running = begin();
      this.servers.set(name, running);
    }
    return (await running).port;
  }
}

async function start(listener: Listener): Promise<Running> {
  const server = createServer({ noDelay: true }, listener);
  return { server, port: await listenOn(server) };
}

/** The clients behind the open connections are gone by then, so they end by themselves; HTTP's idle ones need a push. */
function close(server: NetServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if (server instanceof HttpServer) server.closeAllConnections();
  });
}

function answer(serverId: string, region: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const bytes = /^\/bytes\/(\d{1,8})$/.exec(request.url ?? "")?.[1];
  const size = bytes === undefined ? undefined : Number(bytes);
  const tooMuch = size !== undefined && size > MOST_BYTES;
  const body = tooMuch
    ? Buffer.from(`At most ${MOST_BYTES} bytes are served.\n`)
    : size !== undefined
      ? Buffer.alloc(size, "x")
      : Buffer.from(`Hello from ${serverId} in ${region}, in the sandbox: nothing here is real.\n`);
  response.writeHead(tooMuch ? 400 : 200, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": body.length,
    "X-Anycast-Sandbox": serverId,
  });
  response.end(body);
}

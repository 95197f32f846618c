import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Path } from "./paths";

export interface PathServer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * A real HTTP server on loopback whose answers take as long as a path says.
 * @param pathOf the path for what is asked for, and when its measurement began (on the clock of performance.now())
 */
export async function servePaths(
  pathOf: (url: string) => { readonly path: Path; readonly begun: number; readonly durationMs: number },
  baseMs: number,
): Promise<PathServer> {
  const server: Server = createServer({ noDelay: true }, (request, response) => {
    const { path, begun, durationMs } = pathOf(request.url ?? "/");
    const wait = baseMs * path((performance.now() - begun) / durationMs);
    // Timers count whole milliseconds; the share of one decides by chance, so that the mean is right.
    const whole = Math.floor(wait);
    setTimeout(() => response.end("ok"), whole + (Math.random() < wait - whole ? 1 : 0));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

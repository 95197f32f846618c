import { readFileSync } from "node:fs";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

export const CERTIFICATE = readFileSync(join(__dirname, "tls", "cert.pem"), "utf8");
const KEY = readFileSync(join(__dirname, "tls", "key.pem"), "utf8");

export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

export interface TestServer {
  readonly port: number;
  /** What each connection sent, in the order they came. */
  readonly requests: string[];
  /** Connections that are open now. */
  readonly open: () => number;
  /** Names the TLS clients asked for. */
  readonly serverNames: (string | false | null)[];
  stop(): Promise<void>;
}

/** A server whose every byte the test decides. */
export async function serve(
  onRequest: (socket: Socket, count: number) => void,
  options: { host?: string; tls?: boolean } = {},
): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const serverNames: (string | false | null)[] = [];
  let count = 0;
  const talk = (socket: Socket): void => {
    const mine = requests.push("") - 1;
    socket.on("error", () => undefined);
    let told = false;
    socket.on("data", (chunk: Buffer) => {
      requests[mine] += chunk.toString("latin1");
      if (told || !requests[mine]?.includes("\r\n\r\n")) return;
      told = true;
      onRequest(socket, ++count);
    });
  };
  const server: Server =
    options.tls === true
      ? createTlsServer({ key: KEY, cert: CERTIFICATE, ALPNProtocols: ["http/1.1"] }, (socket) => {
          serverNames.push(socket.servername);
          talk(socket);
        })
      : createTcpServer(talk);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, options.host ?? "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    serverNames,
    open: () => sockets.size,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A port at which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = await serve(() => undefined);
  await server.stop();
  return server.port;
}

import { createServer, request } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";

/** A server on loopback, with what it was asked. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `METHOD PATH` of each request. */
  readonly asked: string[];
  readonly headers: IncomingMessage["headers"][];
  stop(): Promise<void>;
}

export async function serve(listener: RequestListener): Promise<LoopbackServer> {
  const [asked, headers]: [string[], IncomingMessage["headers"][]] = [[], []];
  const server = createServer((req, res) => {
    asked.push(`${req.method ?? ""} ${req.url ?? ""}`);
    headers.push(req.headers);
    listener(req, res);
  });
  return { ...(await listening(server)), asked, headers };
}

/** A proxy that hands requests and tunnels through to loopback. */
export async function serveProxy(): Promise<LoopbackServer> {
  const [asked, headers]: [string[], IncomingMessage["headers"][]] = [[], []];
  const server = createServer((req, res) => {
    asked.push(`${req.method ?? ""} ${req.url ?? ""}`);
    headers.push(req.headers);
    request(req.url ?? "", { headers: { Connection: "close" } }, (answer) => {
      res.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(res);
    }).end();
  });
  server.on("connect", ({ url = "", headers: given }: IncomingMessage, socket) => {
    asked.push(`CONNECT ${url}`);
    headers.push(given);
    const [host, port] = url.split(":");
    const through = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      through.pipe(socket);
      socket.pipe(through);
    });
    through.on("error", () => socket.destroy());
    socket.on("error", () => through.destroy());
  });
  return { ...(await listening(server)), asked, headers };
}

async function listening(server: Server): Promise<Pick<LoopbackServer, "url" | "stop">> {
  // The server itself forgets those that became tunnels.
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${String(port)}`, stop };
}

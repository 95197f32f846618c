import { createServer as createHttp } from "node:http";
import type { RequestListener, Server as HttpServer } from "node:http";
import { createServer as createHttps } from "node:https";
import { createServer as createNet } from "node:net";
import type { Server as NetServer, Socket } from "node:net";
import { limit, LIMITS } from "../front/guard";
import { listenOn } from "../loopback";
import type { Certificate } from "./certificate";

/** The first byte of a TLS handshake; no HTTP request begins with it. */
const TLS_HANDSHAKE = 0x16;
/** Clients pause 5 and 10 s between polls on one connection, and do not send again when it was closed meanwhile. */
const KEEP_ALIVE = 120_000;
/** How long `close` waits for requests under way, in milliseconds. */
const CLOSE_WAIT = 2_000;

/** One port for plain HTTP and for TLS: the first byte of each connection tells which it is. */
export class LoopbackListener {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly net: NetServer,
    private readonly servers: readonly HttpServer[],
    public readonly port: number,
  ) {}

  /** @throws SandboxError `SandboxNotLoopback`, `SandboxPortTaken` */
  public static async open(
    host: string,
    port: number,
    certificate: Certificate,
    handle: RequestListener,
  ): Promise<LoopbackListener> {
    const { cert, key } = certificate;
    const plain = createHttp({ maxHeaderSize: LIMITS.headers }, handle);
    const secure = createHttps({ maxHeaderSize: LIMITS.headers, cert, key }, handle);
    for (const server of [plain, secure]) {
      limit(server);
      server.keepAliveTimeout = KEEP_ALIVE;
    }
    secure.on("tlsClientError", (_error, socket) => socket.destroy());
    const net = createNet((socket) => hand(socket, plain, secure));
    net.maxConnections = LIMITS.connections;
    const listener = new LoopbackListener(net, [plain, secure], await listenOn(net, host, port));
    net.on("connection", (socket) => listener.watch(socket));
    return listener;
  }

  /** Takes over a connection that was made elsewhere. */
  public accept(socket: Socket): void {
    this.net.emit("connection", socket);
  }

  /** Takes no more connections, lets requests under way end, then closes what is left. */
  public async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.net.close(() => resolve()));
    for (const server of this.servers) server.closeIdleConnections();
    // Connections without a request can be closed at once.
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    const late = setTimeout(() => this.destroyAll(), CLOSE_WAIT);
    const idle = setInterval(() => this.servers.forEach((server) => server.closeIdleConnections()), 20);
    try {
      await closed;
    } finally {
      clearTimeout(late);
      clearInterval(idle);
    }
  }

  private watch(socket: Socket): void {
    this.sockets.add(socket);
    socket.once("close", () => this.sockets.delete(socket));
  }

  private destroyAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

function hand(socket: Socket, plain: HttpServer, secure: HttpServer): void {
  // A client that disconnects during a request is no failure of ours.
  socket.on("error", () => socket.destroy());
  const silent = (): void => void socket.destroy();
  socket.setTimeout(KEEP_ALIVE, silent);
  socket.once("data", (first: Buffer) => {
    socket.pause();
    socket.setTimeout(0).off("timeout", silent);
    socket.unshift(first);
    (first[0] === TLS_HANDSHAKE ? secure : plain).emit("connection", socket);
    process.nextTick(() => socket.resume());
  });
}

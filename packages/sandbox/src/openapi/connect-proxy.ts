import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { limit, LIMITS } from "../front/guard";
import { SandboxError } from "../errors";
import { listenOn } from "../loopback";
import { isStsHost } from "./sts-hosts";

/** Where terraform and OpenTofu fetch providers from; nothing of a cloud is there. */
const REGISTRIES: ReadonlySet<string> = new Set([
  "registry.terraform.io",
  "releases.hashicorp.com",
  "registry.opentofu.org",
  "github.com",
  "objects.githubusercontent.com",
  "release-assets.githubusercontent.com",
]);

export interface ConnectProxy {
  /** e.g. `http://127.0.0.1:41233` */
  readonly url: string;
  close(): Promise<void>;
}

export interface ConnectProxyOptions {
  readonly host: string;
  /** Takes over a connection to the simulated cloud. */
  readonly serve: (socket: Socket) => void;
  /** `host:port` of the simulated cloud. */
  readonly endpoint: string;
  /** A proxy that the environment names, for the registries. @default they are reached directly */
  readonly upstream?: string;
}

/**
 * A proxy for HTTPS that leads to the simulated cloud, and to no real one: the token service, which no variable can point
 * elsewhere, is answered here; registries of providers are let through; every other host is refused.
 * @throws SandboxError `SandboxNotLoopback`, `SandboxPortTaken`, `SandboxOptionInvalid`
 */
export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const upstream = options.upstream === undefined ? undefined : proxyOf(options.upstream);
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize: LIMITS.headers }, (_request, response) => {
    response.writeHead(405, { Connection: "close", "X-Anycast-Sandbox": "simulated" });
    response.end("This is the sandbox's proxy: it answers CONNECT only.\n");
  });
  limit(server);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket));
  });
  server.on("connect", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const [, host = "", port = ""] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(request.url ?? "") ?? [];
    if (head.length > 0) socket.unshift(head);
    if (request.url === options.endpoint || isStsHost(host)) {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      options.serve(socket);
    } else if (REGISTRIES.has(host) && port === "443") pass(socket, request.url!, upstream);
    else refuse(socket, host);
  });
  const port = await listenOn(server, options.host);
  return {
    url: `http://${options.host}:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function refuse(socket: Socket, host: string): void {
  const body = `The sandbox lets nobody out: ${host} is not simulated.\n`;
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nX-Anycast-Sandbox: simulated\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Joins a client with a registry; a proxy in between gets the same request. */
function pass(client: Socket, target: string, proxy: Upstream | undefined): void {
  const [host, port] = proxy === undefined ? target.split(":") : [proxy.host, proxy.port];
  const far = connect(Number(port), host!);
  far.once("connect", () => {
    if (proxy === undefined) client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    else far.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${proxy.authorization}\r\n`);
    client.pipe(far).pipe(client);
  });
  far.on("error", () => client.destroy()).on("close", () => client.destroy());
  client.on("close", () => far.destroy());
}

interface Upstream {
  readonly host: string;
  readonly port: string;
  /** The header that names who asks, with its line end. @default "", no name */
  readonly authorization: string;
}

/** Found out at the start, because a request must not be where it shows. @throws SandboxError `SandboxOptionInvalid` */
function proxyOf(text: string): Upstream {
  try {
    // Terraform takes one without a scheme too.
    const { hostname, port, username, password } = new URL(/^\w+:\/\//.test(text) ? text : `http://${text}`);
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const header = `Proxy-Authorization: Basic ${Buffer.from(pair).toString("base64")}\r\n`;
    const host = hostname.replace(/^\[|\]$/g, "");
    return { host, port: port || "80", authorization: username === "" ? "" : header };
  } catch (cause) {
    // It may hold a password, so it is not shown.
    throw new SandboxError(
      "SandboxOptionInvalid",
      "Expected HTTPS_PROXY to be the address of a proxy, such as http://proxy.example:3128. Fix: correct it, or unset it.",
      { cause },
    );
  }
}

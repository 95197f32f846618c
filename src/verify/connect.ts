import { lookup } from "node:dns/promises";
import { connect as tcpConnect, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as tlsConnect } from "node:tls";
import type { TLSSocket } from "node:tls";
import { AnycastError, messageOf, systemCodeOf } from "../core/errors";
import type { Endpoint } from "./endpoint";
import type { Proxy } from "./proxy";
import { socksConnect } from "./socks-client";

/** How TLS certificates are judged. */
export interface TlsTrust {
  /** PEM of further certificate authorities. @default those that Node knows */
  readonly ca?: string;
  /** Accept any certificate. @default false */
  readonly insecure?: boolean;
}

const SYSTEM_CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "ConnectionRefused",
  ECONNRESET: "ConnectionBroken",
  EPIPE: "ConnectionBroken",
  ETIMEDOUT: "ConnectionTimedOut",
  EHOSTUNREACH: "HostUnreachable",
  ENETUNREACH: "NetworkUnreachable",
  EADDRNOTAVAIL: "NetworkUnreachable",
};

/** Names a network error. */
export function networkError(cause: unknown, otherwise: string): AnycastError {
  if (cause instanceof AnycastError) return cause;
  const code = SYSTEM_CODES[systemCodeOf(cause) ?? ""] ?? otherwise;
  return new AnycastError(code, `${messageOf(cause).replace(/\.$/, "")}.`, { cause });
}

/** Looks a name up, unless it is an address. @throws AnycastError `NameNotResolved` */
export async function resolve(host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  try {
    return (await lookup(host)).address;
  } catch (cause) {
    throw new AnycastError("NameNotResolved", `The name ${host} has no address (${systemCodeOf(cause)}).`, { cause });
  }
}

/**
 * A connection to `address:port`, or to the endpoint by way of a proxy (which looks its name up).
 * @param keep told each socket as soon as it exists, so that a timeout can destroy it
 */
export async function connectTcp(
  endpoint: Endpoint,
  address: string,
  proxy: Proxy | undefined,
  keep: (socket: Socket) => void,
): Promise<Socket> {
  if (proxy === undefined) return dial(address, endpoint.port, keep);
  const socket = await dial(proxy.host, proxy.port, keep).catch((cause: unknown) => {
    throw new AnycastError("ProxyFailed", `The proxy cannot be reached: ${messageOf(cause)}`, { cause });
  });
  await socksConnect(socket, proxy, endpoint.host, endpoint.port);
  return socket;
}

function dial(host: string, port: number, keep: (socket: Socket) => void): Promise<Socket> {
  return new Promise((resolvePromise, reject) => {
    const socket = tcpConnect({ host, port, noDelay: true });
    keep(socket);
    const failed = (cause: Error): void => reject(networkError(cause, "ConnectionFailed"));
    socket.once("error", failed);
    socket.once("close", () => failed(new Error("The connection was closed")));
    socket.once("connect", () => {
      // A later error is met by who uses the socket then; without any listener it would end the process.
      socket.off("error", failed).on("error", () => undefined);
      resolvePromise(socket);
    });
  });
}

/** TLS over an established connection. @throws AnycastError `TlsFailed` */
export function connectTls(socket: Socket, endpoint: Endpoint, trust: TlsTrust): Promise<TLSSocket> {
  return new Promise((resolvePromise, reject) => {
    const secure = tlsConnect({
      socket,
      // An empty name keeps Node from sending an address as a name; the certificate is then checked for the address.
      servername: endpoint.serverName ?? "",
      host: endpoint.serverName ?? endpoint.hostHeader.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1"),
      ALPNProtocols: ["http/1.1"],
      rejectUnauthorized: trust.insecure !== true,
      ...(trust.ca === undefined ? {} : { ca: trust.ca }),
    });
    const failed = (cause: Error): void =>
      reject(
        new AnycastError("TlsFailed", `The TLS handshake with ${endpoint.hostHeader} failed: ${cause.message}.`, {
          cause,
        }),
      );
    secure.once("error", failed);
    secure.once("close", () => failed(new Error("the connection was closed")));
    secure.once("secureConnect", () => {
      secure.off("error", failed).on("error", () => undefined);
      resolvePromise(secure);
    });
  });
}

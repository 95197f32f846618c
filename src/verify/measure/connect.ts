import { connect as tcpConnect } from "node:net";
import type { Socket } from "node:net";
import { connect as tlsConnect, createSecureContext } from "node:tls";
import type { SecureContext, TLSSocket } from "node:tls";
import { AnycastError } from "../../core/errors";
import type { Endpoint } from "./endpoint";
import { networkError } from "./network-error";

/** How TLS certificates are verified. */
export interface TlsTrust {
  /** PEM of further certificate authorities. @default Node's own */
  readonly ca?: string;
  /** The file it came from, for curl, which reads it itself. */
  readonly caFile?: string;
  /** Accept any certificate. @default false */
  readonly insecure?: boolean;
}

/** Head start of an address over the next one, in milliseconds, as curl gives it (RFC 8305). */
const HEAD_START_MS = 200;

/**
 * A connection to the first of several addresses that answers. The next one is tried when one fails, or does not answer
 * within 200 ms; Node's default gives up a slow address by then, although a distant address is not broken.
 * @param keep receives each socket as soon as it exists, so that a timeout can destroy it
 */
export function connectAny(
  addresses: readonly string[],
  port: number,
  keep: (socket: Socket) => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const sockets: Socket[] = [];
    let failed = 0;
    let settled = false;
    let timer: NodeJS.Timeout | undefined;
    const next = (): void => {
      clearTimeout(timer);
      const address = addresses[sockets.length];
      if (settled || address === undefined) return;
      const socket = tcpConnect({ host: address, port, noDelay: true });
      sockets.push(socket);
      keep(socket);
      let over = false;
      const broken = (cause: Error): void => {
        if (over) return;
        over = true;
        if (++failed === addresses.length && !settled) {
          settled = true;
          reject(networkError(cause, "ConnectionFailed"));
        } else next();
      };
      socket.once("error", broken);
      socket.once("close", () => broken(new Error("The connection was closed")));
      socket.once("connect", () => {
        over = true;
        // Later errors are handled by the socket's user; without any listener, an error would end the process.
        socket.off("error", broken).on("error", () => undefined);
        if (settled) return void socket.destroy();
        settled = true;
        clearTimeout(timer);
        for (const other of sockets) if (other !== socket) other.destroy();
        resolve(socket);
      });
      if (sockets.length < addresses.length) timer = setTimeout(next, HEAD_START_MS);
    };
    next();
  });
}

/** Made once: loading the certificate authorities takes milliseconds, which do not belong to the handshake. */
const contexts = new Map<string, SecureContext>();

/** The TLS context of a handshake. It is made before the clock starts. */
export function secureContextOf({ ca = "" }: TlsTrust): SecureContext {
  const known = contexts.get(ca) ?? createSecureContext(ca === "" ? {} : { ca });
  contexts.set(ca, known);
  return known;
}

/** TLS over an established connection. @throws AnycastError `TlsFailed` */
export function connectTls(socket: Socket, endpoint: Endpoint, trust: TlsTrust): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = tlsConnect({
      socket,
      // An empty name keeps Node from sending an address as a name; the certificate is then checked for the address.
      servername: endpoint.serverName ?? "",
      host: endpoint.serverName ?? endpoint.hostHeader.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1"),
      ALPNProtocols: ["http/1.1"],
      rejectUnauthorized: trust.insecure !== true,
      secureContext: secureContextOf(trust),
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
      resolve(secure);
    });
  });
}

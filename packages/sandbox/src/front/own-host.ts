import { bracketed, LOOPBACK } from "../loopback";

/** The port of HTTP, which clients leave out of the Host header. */
const DEFAULT_PORT = 80;

/**
 * Whether a request names this machine as its host. A page of the web whose own name was made to lead to 127.0.0.1 (DNS
 * rebinding) sends its own name here, and must not read what the sandbox holds.
 */
export function isOurHost(header: string | undefined, port: number): boolean {
  const named = header?.toLowerCase();
  return LOOPBACK.map(bracketed).some(
    (host) => named === `${host}:${port}` || (port === DEFAULT_PORT && named === host),
  );
}

/** Whether a page that this server itself served sent a request. */
export function isOurOrigin(origin: string, port: number): boolean {
  const [, host] = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase()) ?? [];
  return isOurHost(host, port);
}

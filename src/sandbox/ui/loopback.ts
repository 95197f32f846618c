import type { Server } from "node:http";
import { AnycastError, expectationError, systemCodeOf } from "../../core/errors";

/** Names under which this machine alone can be reached. */
const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/** @throws AnycastError `SandboxNotLoopback` */
export function demandLoopback(host: string): void {
  if (LOOPBACK.includes(host)) return;
  throw expectationError("SandboxNotLoopback", {
    what: "the host of the sandbox's page",
    rule: `one of ${LOOPBACK.join(", ")}`,
    got: host,
    fix: "leave the host out; the page is for this machine only.",
  });
}

/**
 * Listens on this machine only.
 * @param port 0 takes a free one
 * @returns the port
 * @throws AnycastError `SandboxPortTaken`
 */
export function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const code = systemCodeOf(cause);
      reject(
        code === "EADDRINUSE" || code === "EACCES"
          ? new AnycastError(
              "SandboxPortTaken",
              `Expected the port ${port} on ${host} to be free for the sandbox's page, but it cannot be taken (${code}). Fix: leave the port out to get a free one.`,
              { cause },
            )
          : cause,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

export const urlOf = (host: string, port: number): string => `http://${bracketed(host)}:${port}/`;

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

/** The port of HTTP, which clients leave out of the Host header. */
const DEFAULT_PORT = 80;

import type { Server } from "node:net";
import { SandboxError, expectationError, systemCodeOf } from "./errors";

/** Names under which this machine alone can be reached. */
export const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "::1"];

/** A host as it is written before a port. */
export const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/** @throws SandboxError `SandboxNotLoopback` */
export function demandLoopback(host: string): void {
  if (LOOPBACK.includes(host)) return;
  throw expectationError("SandboxNotLoopback", {
    what: "the host that the sandbox listens on",
    rule: `one of ${LOOPBACK.join(", ")}`,
    got: host,
    fix: "leave the host out; the sandbox is for this machine only.",
  });
}

/**
 * Listens on this machine only.
 * @param port 0 takes a free one
 * @returns the port
 * @throws SandboxError `SandboxNotLoopback`, `SandboxPortTaken`
 */
export async function listenOn(server: Server, host = "127.0.0.1", port = 0): Promise<number> {
  demandLoopback(host);
  await new Promise<void>((resolve, reject) => {
    const refused = (cause: Error): void => reject(taken(host, port, cause));
    server.once("error", refused);
    server.listen(port, host, () => {
      server.off("error", refused);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function taken(host: string, port: number, cause: Error): Error {
  const code = systemCodeOf(cause);
  if (code !== "EADDRINUSE" && code !== "EACCES") return cause;
  return new SandboxError(
    "SandboxPortTaken",
    `The sandbox cannot listen on port ${port} of ${host} (${code}). Fix: leave the port out to get a free one.`,
    { cause },
  );
}

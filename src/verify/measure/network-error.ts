import { AnycastError, messageOf, systemCodeOf } from "../../core/errors";

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

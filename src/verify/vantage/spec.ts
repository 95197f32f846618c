import { expectationError } from "../../core/errors";

/** A place to measure from that is not this machine. */
export type RemoteVantage =
  | { readonly kind: "ssh"; readonly name: string; readonly host: string; readonly port?: number }
  | { readonly kind: "globalping"; readonly name: string; readonly place: string };

/** A host as ssh takes it, with a user or without: nothing that ssh or a shell could read as an option or a command. */
const SSH =
  /^ssh:((?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@)?(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\]))(?::(\d{1,5}))?$/;
/** What Globalping calls a magic location: a city, country, network or tag, several joined by `+`. */
const GLOBALPING = /^globalping:([\p{L}\p{N}][\p{L}\p{N} .,'&+_-]{0,99})$/u;

/** Reads `ssh:HOST`, `ssh:USER@HOST:PORT` or `globalping:PLACE`. @throws AnycastError `VantageNotUsable` */
export function parseVantage(text: string): RemoteVantage {
  const [, host, port] = SSH.exec(text) ?? [];
  if (host !== undefined && (port === undefined || (Number(port) >= 1 && Number(port) <= 65_535))) {
    const bare = host.replace(/[[\]]/g, "");
    return { kind: "ssh", name: text, host: bare, ...(port === undefined ? {} : { port: Number(port) }) };
  }
  const [, place] = GLOBALPING.exec(text) ?? [];
  if (place !== undefined) return { kind: "globalping", name: text, place };
  throw expectationError("VantageNotUsable", {
    what: "the place to measure from",
    rule: "ssh:HOST, ssh:USER@HOST:PORT or globalping:PLACE",
    got: text,
    at: "--vantage",
    fix: "give for example `ssh:web-1.example.com` or `globalping:London`.",
  });
}

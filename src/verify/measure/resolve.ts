import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { AnycastError, expectationError, systemCodeOf } from "../../core/errors";

export type Family = 4 | 6;

/** Addresses of `host:port` that need no look-up, as with curl's `--resolve`. */
export interface Resolved {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

export interface ResolveOptions {
  /** Only addresses of this family. @default both */
  readonly family?: Family;
  /** Names that are not looked up. @default none */
  readonly resolved?: readonly Resolved[];
}

/** Whether a name has to be looked up here. */
export function mustLookUp(host: string, port: number, options: ResolveOptions): boolean {
  return isIP(host) === 0 && givenFor(host, port, options) === undefined;
}

/**
 * All addresses of a host, in the order to try them: families take turns, the one that the system prefers first.
 * @throws AnycastError `NameNotResolved`, `FamilyMissing`
 */
export async function addressesOf(host: string, port: number, options: ResolveOptions = {}): Promise<string[]> {
  const all = givenFor(host, port, options) ?? (isIP(host) === 0 ? await lookUp(host) : [host]);
  const wanted = all.filter((one) => options.family === undefined || isIP(one) === options.family);
  if (wanted.length > 0) return inTurns(wanted);
  throw new AnycastError(
    "FamilyMissing",
    `${host} has no IPv${options.family ?? 4} address. Fix: leave -${options.family ?? 4} out.`,
  );
}

export function givenFor(host: string, port: number, { resolved = [] }: ResolveOptions): readonly string[] | undefined {
  return resolved.find((one) => one.host === host.toLowerCase() && one.port === port)?.addresses;
}

async function lookUp(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  } catch (cause) {
    throw new AnycastError("NameNotResolved", `The name ${host} has no address (${systemCodeOf(cause)}).`, { cause });
  }
}

function inTurns(addresses: readonly string[]): string[] {
  const first = isIP(addresses[0] ?? "");
  const [same, other] = [
    addresses.filter((one) => isIP(one) === first),
    addresses.filter((one) => isIP(one) !== first),
  ];
  return same.flatMap((one, i) => [one, ...other.slice(i, i + 1)]).concat(other.slice(same.length));
}

/** Reads curl's `HOST:PORT:ADDRESS[,ADDRESS]`. @throws AnycastError `ResolveNotUsable` */
export function parseResolve(text: string): Resolved {
  const [, host = "", port = "", list = ""] = /^([^:\s]+):(\d{1,5}):(\S+)$/.exec(text) ?? [];
  const addresses = list.split(",").map((one) => one.replace(/^\[(.*)\]$/, "$1"));
  if (Number(port) >= 1 && Number(port) <= 65_535 && addresses.every((one) => isIP(one) !== 0))
    return { host: host.toLowerCase(), port: Number(port), addresses };
  throw expectationError("ResolveNotUsable", {
    what: "--resolve",
    rule: "HOST:PORT:ADDRESS",
    got: text,
    fix: "give for example `www.example.com:443:203.0.113.7`.",
  });
}

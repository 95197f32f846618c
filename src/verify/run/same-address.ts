import { isIP } from "node:net";
import { AnycastError } from "../../core/errors";
import type { Endpoint, ResolveOptions } from "../measure";
import { addressesOf } from "../measure";

/**
 * Refuses to compare an address with itself, also under two names. A name without an address is left to the
 * measurement, which reports it.
 * @param proxied whether a proxy looks names up, so that only names can be compared here
 * @throws AnycastError `SameAddress`
 */
export async function refuseSameAddress(
  plain: Endpoint,
  accelerated: Endpoint,
  proxied: boolean,
  options: ResolveOptions,
): Promise<void> {
  if (plain.port !== accelerated.port) return;
  const [a, b] = await Promise.all([plain, accelerated].map((one) => placesOf(one, proxied, options)));
  const shared = a?.find((one) => b?.includes(one));
  if (shared === undefined) return;
  const by =
    shared === plain.host && shared === accelerated.host ? "" : `, as both ${plain.host} and ${accelerated.host}`;
  throw new AnycastError(
    "SameAddress",
    `Both addresses are ${shared} port ${plain.port}${by}, so there is nothing to compare. Fix: give the address of the plain EIP as one and that of the Anycast EIP as the other.`,
  );
}

async function placesOf(endpoint: Endpoint, proxied: boolean, options: ResolveOptions): Promise<string[]> {
  if (proxied) return [canonical(/^localhost\.?$/i.test(endpoint.host) ? "127.0.0.1" : endpoint.host)];
  try {
    return (await addressesOf(endpoint.host, endpoint.port, options)).map(canonical);
  } catch (thrown) {
    if (thrown instanceof AnycastError) return [canonical(endpoint.host)];
    throw thrown;
  }
}

/** One text per address: `::ffff:192.0.2.1` is 192.0.2.1, `0.0.0.0` leads to this machine as `127.0.0.1` does. */
function canonical(host: string): string {
  const own: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  if (isIP(host) !== 6) return own[host] ?? host.toLowerCase().replace(/\.$/, "");
  const text = new URL(`http://[${host}]`).hostname.slice(1, -1);
  const [, high = "", low = ""] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? [];
  if (high === "") return own[text] ?? text;
  const [h, l] = [parseInt(high, 16), parseInt(low, 16)];
  return [h >> 8, h & 255, l >> 8, l & 255].join(".");
}

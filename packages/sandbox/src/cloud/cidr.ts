import { isIP } from "node:net";

/** IPv4 blocks as numbers. */
export interface Block {
  readonly first: number;
  readonly size: number;
  readonly mask: number;
}

export function parseIp(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export const showIp = (ip: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(ip / 2 ** shift) % 256).join(".");

/** undefined unless it is `a.b.c.d/n` with all host bits zero. */
export function parseBlock(text: string): Block | undefined {
  const [, address, mask] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const first = address === undefined ? undefined : parseIp(address);
  const bits = Number(mask);
  if (first === undefined || !(bits >= 0 && bits <= 32)) return undefined;
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, size, mask: bits } : undefined;
}

const LENGTH = /^\d{1,3}$/;
/** An address, or an address and the length of a prefix. */
function isBlock(text: string, family: 4 | 6): boolean {
  const [address = "", length, ...more] = text.split("/");
  const fits = length === undefined || (LENGTH.test(length) && Number(length) <= (family === 4 ? 32 : 128));
  return isIP(address) === family && fits && more.length === 0;
}
export const isIpv4 = (text: string): boolean => isBlock(text, 4);
export const isIpv6 = (text: string): boolean => isBlock(text, 6);

export const contains = (outer: Block, inner: Block): boolean =>
  inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;

export const overlaps = (a: Block, b: Block): boolean => a.first < b.first + b.size && b.first < a.first + a.size;

export const holds = (block: Block, ip: number): boolean => ip >= block.first && ip < block.first + block.size;

/** The cloud keeps the first and the last three addresses of a vSwitch for itself. */
export const usable = (block: Block): { readonly first: number; readonly last: number } => ({
  first: block.first + 1,
  last: block.first + block.size - 4,
});

/** An IPv6 address or block in its short form, lower case; anything else as it is. */
export function shortIpv6(text: string): string {
  const [address = "", length] = text.split("/");
  try {
    const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
    return length === undefined ? short : `${short}/${length}`;
  } catch {
    return text;
  }
}

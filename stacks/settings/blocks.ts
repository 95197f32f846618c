/** An address block: its first and last address as numbers. */
interface Block {
  readonly first: number;
  readonly last: number;
}

/** Reads `10.0.0.0/16`; undefined when an octet is too large or the address is not the first of its block. */
export function readBlock(text: string): Block | undefined {
  const [address = "", bits = ""] = text.split("/");
  const octets = address.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - Number(bits));
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

/** Whether `inner` lies inside `outer`. */
export function isInside(inner: Block, outer: Block): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

let table: Uint32Array | undefined;

/** The remainder of each byte; zlib.crc32 came with Node 20.15. Plans in JSON do without. */
function remainders(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
}

/** The checksum that zip archives have. */
export function crc32(bytes: Buffer): number {
  const known = (table ??= remainders());
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ known[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

import { gzipSync } from "node:zlib";

/** The same bytes for the same text: byte 9 names the operating system, and "unknown" keeps the file the same everywhere. */
export function packed(text: string): Buffer {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes;
}

import { createHash } from "node:crypto";

/** SHA-256 of bytes, or of a text in UTF-8, as 64 hexadecimal digits. */
export function sha256Hex(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The same with the algorithm's name in front, as reports and receipts write it: `sha256:…`. */
export function sha256(bytes: string | Uint8Array): string {
  return `sha256:${sha256Hex(bytes)}`;
}

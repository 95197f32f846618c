/** How much of a document is searched for lines in front of it, in bytes. */
const LOOKED_AT = 64 * 1024;

/**
 * The first line of what should be JSON but begins with something else: a wrapper's echo of the command, or a log line.
 * It comes before the document, so it is no part of it and holds none of its secrets.
 * @returns undefined when the text begins with the document, or when no document follows
 */
export function foreignLine(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOKED_AT)).toString("utf8");
  const lines = head.split("\n").map((line) => line.trim());
  const first = lines.find((line) => line !== "");
  if (first === undefined || first.startsWith("{")) return undefined;
  return lines.some((line) => line.startsWith("{")) ? first : undefined;
}

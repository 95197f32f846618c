import { MAXIMUM_DEPTH } from "../scan/json-scanner";

/** Larger documents are scanned in less time than it takes to parse and to write them, in bytes: 4 MiB. */
const MOST = 2 ** 22;

/** Characters that Go's JSON has escapes for, and Node's has not. */
const ESCAPED_BY_GO = /[<>&\u2028\u2029]/g;

/**
 * Parses a small document with Node's own parser, which costs far less than a scanner that V8 has yet to compile. It tells
 * no name that stands twice, no number that a double does not hold and no depth; so it counts only where the same text comes
 * out when it is written again. That is so of what terraform writes.
 * @returns undefined where that shows nothing: the text need not be invalid
 */
export function parseAtOnce(bytes: Buffer, from: number): { readonly document: unknown } | undefined {
  if (bytes.length > MOST) return undefined;
  const text = bytes.toString("utf8", from).replace(/\n$/, "");
  try {
    const document: unknown = JSON.parse(text);
    return isWritten(document, text) && !isDeep(document) ? { document } : undefined;
  } catch {
    // The scanner tells what is wrong, and where.
    return undefined;
  }
}

/** Whether the text is that of the document, as Node or Go writes it. */
function isWritten(document: unknown, text: string): boolean {
  const written = JSON.stringify(document);
  return written === text || (text.includes("\\u") && written.replace(ESCAPED_BY_GO, escaped) === text);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** False for what surely has fewer levels than are refused: none of its lines has that many spaces in front. */
function isDeep(document: unknown): boolean {
  return JSON.stringify(document, null, 1).includes(`\n${" ".repeat(MAXIMUM_DEPTH - 1)}`);
}

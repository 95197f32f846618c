const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/**
 * Cuts a stream of JSON objects that follow each other, as `terragrunt run --all show -json` prints one plan per unit.
 * Only the cuts are made here: each piece is still to be proven to be a plan.
 * @returns undefined unless the text is two objects or more, with nothing but white space around them
 */
export function severalDocuments(bytes: Uint8Array): Uint8Array[] | undefined {
  const pieces: Uint8Array[] = [];
  let depth = 0;
  let from = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (depth === 0 && byte !== OPEN) {
      if (!isSpace(byte)) return undefined;
    } else if (byte === OPEN) {
      if (depth++ === 0) from = at;
    } else if (byte === CLOSE) {
      if (--depth === 0) pieces.push(bytes.subarray(from, at + 1));
    } else if (byte === QUOTE) {
      inText = true;
    }
  }
  return depth === 0 && pieces.length > 1 ? pieces : undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Where the texts, numbers and words stand that are values in `bytes[start, end)`, which is known to be JSON: start, end, … */
export function scalarsIn(bytes: Uint8Array, start: number, end: number): number[] {
  const found: number[] = [];
  for (let i = start; i < end;) {
    const from = i;
    if (bytes[i] === QUOTE) {
      i = afterText(bytes, i);
      if (!isKey(bytes, i, end)) found.push(from, i);
    } else if (isWord(bytes[i]!)) {
      while (i < end && isWord(bytes[i]!)) i++;
      found.push(from, i);
    } else i++;
  }
  return found;
}

function afterText(bytes: Uint8Array, quote: number): number {
  let i = quote + 1;
  while (bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i + 1;
}

function isKey(bytes: Uint8Array, after: number, end: number): boolean {
  let i = after;
  while (i < end && bytes[i]! <= 0x20) i++;
  return i < end && bytes[i] === COLON;
}

/** What numbers, `true`, `false` and `null` are made of. */
function isWord(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a) || c === 0x2d || c === 0x2b || c === 0x2e || c === 0x45;
}

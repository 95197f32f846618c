const QUOTE = 0x22;
const DOT = 0x2e;

/**
 * True when an address is that of a block with a plain key or none.
 * @param places of parts in the document: start and end in turn, 0 for what is not there
 * @param steps the parts that lead to the block
 */
export function isInstanceAddress(
  bytes: Buffer,
  places: Float64Array,
  address: number,
  steps: readonly number[],
): boolean {
  let at = places[address * 2]!;
  const end = places[address * 2 + 1]!;
  let isFirst = true;
  for (const step of steps) {
    if (places[step * 2] === 0) continue;
    if (!isFirst && bytes[at++] !== DOT) return false;
    isFirst = false;
    at = after(bytes, at, places[step * 2]!, places[step * 2 + 1]!);
  }
  return at === end || (at < end && isPlainKey(bytes, at, end));
}

/** The end of `bytes[start, end)` where it occurs at `at`; otherwise a position that no match has. */
function after(bytes: Buffer, at: number, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[at++] !== bytes[i]) return Number.MAX_SAFE_INTEGER;
  return at;
}

/** True for `[0]` and `["key"]` (as JSON writes it) whose key needs no escape. */
function isPlainKey(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start] !== 0x5b || bytes[end - 1] !== 0x5d) return false;
  const quoted = bytes[start + 1] === 0x5c;
  if (quoted && (end - start < 6 || bytes[start + 2] !== QUOTE || bytes[end - 3] !== 0x5c || bytes[end - 2] !== QUOTE))
    return false;
  const from = quoted ? start + 3 : start + 1;
  const to = quoted ? end - 3 : end - 1;
  if (!quoted && from === to) return false;
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    if (quoted ? c === 0x5c || c === QUOTE : c < 0x30 || c > 0x39) return false;
  }
  return true;
}

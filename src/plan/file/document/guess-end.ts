/** How what follows the planned values begins, in what Terraform writes. */
const NEXT = Buffer.from('},"resource_');
const NEXT_MEMBERS = ['changes":[', 'drift":['].map((text) => Buffer.from(text));

/** What entries of `resource_changes` hold, and planned values do not. */
const CHANGE = '"change":{"actions":[';
/** Looked at in so many bytes, of every so many. */
const WINDOW = 64 * 1024;
const STRIDE = 4 * 1024 * 1024;

/**
 * Guesses where the planned values end that begin at `from`; undefined when there is no telling. Looking for it all the
 * way would take as long as reading them.
 */
export function guessEnd(bytes: Buffer, from: number): number | undefined {
  let before = from;
  for (let at = from; at < bytes.length; at += STRIDE) {
    if (bytes.subarray(at, at + WINDOW).includes(CHANGE)) break;
    before = at;
  }
  return endAfter(bytes, before) ?? (before === from ? undefined : endAfter(bytes, from));
}

function endAfter(bytes: Buffer, from: number): number | undefined {
  const found = bytes.indexOf(NEXT, from);
  const name = found + NEXT.length;
  if (found < 0 || !NEXT_MEMBERS.some((one) => bytes.subarray(name, name + one.length).equals(one))) return undefined;
  return found + 1;
}

/** Terraform orders keys and strings by their UTF-8 bytes; JavaScript by UTF-16 code units. They differ beyond the BMP. */
export function compareText(a: string, b: string): number {
  if (SIMPLE.test(a) && SIMPLE.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Without surrogates both orders agree. */
const SIMPLE = /^[^\ud800-\udfff]*$/;

/** Keys in the order in which Terraform goes through them. */
export function sortedKeys(entries: ReadonlyMap<string, unknown>): string[] {
  return [...entries.keys()].sort(compareText);
}

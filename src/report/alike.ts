import type { Finding } from "../core/check-report";

/** So many resources are named where the same is said of several; the JSON report has them all. */
const MOST_NAMED = 10;

/** What is said once of several resources. */
export interface Alike<T> {
  readonly first: T;
  /** Of all of them, that of the first in front. */
  readonly addresses: readonly string[];
}

/**
 * Puts together what says the same of several resources, so that people read it once: instances of one block mostly have
 * one cause.
 * @param keyOf what must be the same; undefined for what stays alone
 * @returns in the order of the first of each
 */
export function putTogether<T extends { readonly address: string }>(
  all: readonly T[],
  keyOf: (one: T) => string | undefined,
): Alike<T>[] {
  const byKey = new Map<string, { first: T; addresses: string[] }>();
  const found: { first: T; addresses: string[] }[] = [];
  for (const one of all) {
    const key = keyOf(one);
    const known = key === undefined ? undefined : byKey.get(key);
    if (known !== undefined) {
      known.addresses.push(one.address);
      continue;
    }
    const alike = { first: one, addresses: [one.address] };
    found.push(alike);
    if (key !== undefined) byKey.set(key, alike);
  }
  return found;
}

/**
 * The same text for findings that differ in nothing but the resource they are about.
 * @returns undefined for a waived one, since by whom and until when is said of that one alone
 */
export function findingKey(finding: Finding): string | undefined {
  if (finding.waived) return undefined;
  const message = finding.message.replaceAll(`(at ${finding.address})`, "(at it)");
  return JSON.stringify({ ...finding, address: finding.address === "", message });
}

/** The addresses, as `show` writes one; of many the first, and how many more there are. */
export function namesOf(addresses: readonly string[], show: (address: string) => string): string[] {
  const left = addresses.length - MOST_NAMED;
  if (left <= 1) return addresses.map(show);
  return [...addresses.slice(0, MOST_NAMED).map(show), `and ${String(left)} more; the JSON report has them all`];
}

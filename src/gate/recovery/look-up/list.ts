import type { Ask } from "../../../check/live/api";
import type { Listing } from "./kind";

/** One object as the cloud lists it. */
export interface Listed {
  readonly id: string;
  /** Milliseconds since the epoch. @default the cloud does not return it */
  readonly created?: number;
  /** By attribute of the resource. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Most pages that are read from a service that never returns a last page. */
const MOST_PAGES = 1000;

/**
 * Everything of a kind that is there. Throws what the client throws.
 * @param narrowed parameters that say what it belongs to
 */
export async function listAll(
  ask: Ask,
  listing: Listing,
  region: string,
  narrowed: Readonly<Record<string, string>>,
): Promise<readonly Listed[]> {
  const found = new Map<string, Listed>();
  const size = String(listing.pageSize);
  let token = "";
  for (let page = 1; page <= MOST_PAGES; page++) {
    const paging: Record<string, string> =
      listing.paging === "number"
        ? { RegionId: region, PageSize: size, PageNumber: String(page) }
        : { MaxResults: size, ...(token === "" ? {} : { NextToken: token }) };
    const answer = await ask(listing.product, listing.action, region, { ...paging, ...narrowed });
    const list = at(answer, listing.list);
    if (!Array.isArray(list)) throw new TypeError(`${listing.action} answered without ${listing.list.join(".")}`);
    const before = found.size;
    for (const one of list) {
      const listed = listedOf(one, listing);
      if (listed !== undefined) found.set(listed.id, listed);
    }
    token = String(at(answer, ["NextToken"]) ?? "");
    // Some services have no pages, and return everything each time.
    const isLast = listing.paging === "number" ? list.length < listing.pageSize : token === "";
    if (isLast || found.size === before) return [...found.values()];
  }
  throw new RangeError(`${listing.action} did not come to its last page`);
}

function listedOf(one: unknown, listing: Listing): Listed | undefined {
  const id = at(one, [listing.id]);
  if (typeof id !== "string" || id === "") return undefined;
  const created = listing.created === undefined ? NaN : Date.parse(String(at(one, [listing.created])));
  return {
    id,
    ...(Number.isNaN(created) ? {} : { created }),
    values: Object.fromEntries(Object.entries(listing.keys).map(([name, path]) => [name, at(one, path)])),
    tags: tagsOf(at(one, ["Tags"])),
  };
}

function tagsOf(tags: unknown): Record<string, string> {
  const list = Array.isArray(tags) ? tags : (at(tags, ["Tag"]) ?? []);
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.map((tag): [string, string] => [
      String(at(tag, ["Key"]) ?? at(tag, ["TagKey"])),
      String(at(tag, ["Value"]) ?? at(tag, ["TagValue"]) ?? ""),
    ]),
  );
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (found as Record<string, unknown> | null | undefined)?.[key], value);
}

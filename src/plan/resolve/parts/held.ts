import type { Entry } from "../entry";
import { hasAction } from "../entry";
import { member } from "../json-values";

/** What a binding has until it is gone, by the parts of its id. */
export type Held = readonly [anycast: string, instance: string, region: string, type: string];

/** What a binding holds that this plan destroys, replaces or forgets; undefined for anything else. */
export function heldBy(entry: Entry): Held | undefined {
  const id = member(entry.change, "before", "id");
  if (typeof id !== "string" || !(hasAction(entry, "delete") || hasAction(entry, "forget"))) return undefined;
  const parts = id.split(":");
  return parts.length === 4 ? (parts as unknown as Held) : undefined;
}

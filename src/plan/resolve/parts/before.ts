import type { Entry } from "../entry";
import { hasAction } from "../entry";
import { member } from "../json-values";

/** The id of what this plan destroys, replaces or forgets, undefined for anything else. */
export function idBefore(entry: Entry): string | undefined {
  const id = member(entry.change, "before", "id");
  return typeof id === "string" && (hasAction(entry, "delete") || hasAction(entry, "forget")) ? id : undefined;
}

/** The ids in it: that of a binding is made of those of its Anycast EIP and its instance, a region and a type. */
export function idsBefore(entry: Entry): readonly string[] {
  const id = idBefore(entry);
  return id === undefined ? [] : partsOf(id).filter((_, i) => i < 2);
}

export function partsOf(id: string): string[] {
  return id.split(":");
}

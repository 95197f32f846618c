import type { Entry } from "../entry";
import { hasAction, planned } from "../entry";
import { member } from "../json-values";

/** The id of what is there before this plan and may be gone after it; undefined for anything else. */
export function idBefore(entry: Entry): string | undefined {
  const id = member(entry.change, "before", "id");
  if (typeof id !== "string") return undefined;
  // What is planned of a binding is read without its own id.
  const leaves =
    partsOf(id).length > 1 ? hasAction(entry, "delete") || hasAction(entry, "forget") : planned(entry, "id") !== id;
  return leaves ? id : undefined;
}

/** The ids in it: that of a binding is made of those of its Anycast EIP and its instance, a region and a type. */
export function idsBefore(entry: Entry): readonly string[] {
  const id = idBefore(entry);
  return id === undefined ? [] : partsOf(id).slice(0, 2);
}

export function partsOf(id: string): string[] {
  return id.split(":");
}

import { asObject, type JsonObject } from "../../json";
import type { PlannedAttribute } from "../evaluate/plan-view";

/** What a change says of one attribute. */
export function partOf(change: JsonObject | undefined, name: string): PlannedAttribute {
  const after = asObject(change?.after);
  const holes = change?.after_unknown;
  const marks = change?.after_sensitive;
  return {
    after: after !== undefined && Object.hasOwn(after, name) ? after[name] : undefined,
    unknown: holes === true ? true : asObject(holes)?.[name],
    sensitive: marks === true || isMarked(asObject(marks)?.[name]),
  };
}

function isMarked(mark: unknown): boolean {
  if (mark === true) return true;
  return typeof mark === "object" && mark !== null && Object.values(mark).some(isMarked);
}

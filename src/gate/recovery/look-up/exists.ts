import type { Ask } from "../../../check/live/api";
import type { PlannedCreation } from "../creation";
import { kindOf } from "./kinds";
import { listAll } from "./list";

/** Whether an object is there. @returns undefined when it cannot be determined. Throws what the client throws */
export async function exists(ask: Ask, creation: PlannedCreation, id: string): Promise<boolean | undefined> {
  const listing = kindOf(creation.type)?.listing;
  if (listing === undefined || listing.within !== undefined) return undefined;
  if (creation.region === undefined && listing.paging === "number") return undefined;
  return (await listAll(ask, listing, creation.region ?? "", {})).some((one) => one.id === id);
}

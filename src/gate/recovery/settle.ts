import type { AnycastError } from "../../core/errors";
import type { Terraform } from "../../terraform";
import { stateIncomplete } from "./incomplete";
import type { LookOptions } from "./open-applies";
import { openApplies } from "./open-applies";
import type { RecordPlace } from "./record";

/**
 * Checks for applies that did not complete.
 * @returns why nothing may be planned or applied; undefined when nothing is missing, or the apply is still running
 * @throws AnycastError `TerraformFailed` when the state cannot be read
 */
export async function unsettled(
  place: RecordPlace,
  terraform: Terraform,
  options: LookOptions = {},
): Promise<AnycastError | undefined> {
  const open = await openApplies(place, terraform, options);
  return open.length === 0 ? undefined : stateIncomplete(place, open);
}

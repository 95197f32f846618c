import { existsSync } from "node:fs";
import type { AnycastError } from "../../core/errors";
import type { Terraform } from "../../terraform";
import type { LookOptions } from "./open-applies";
import type { RecordPlace } from "./record";
import type * as Restore from "./restore";
import type * as Settle from "./settle";

/** How long a terraform that has released its lock may take to end, in milliseconds. */
export const ENDING_MS = 5_000;

// Every run starts with these functions, and almost none finds a record: the code that reads records is loaded only then.

/** As `restoreState` of restore.ts. @returns undefined when no apply is on record, too */
export async function restoreState(place: RecordPlace): Promise<string | undefined> {
  if (!existsSync(place.path)) return undefined;
  return (require("./restore") as typeof Restore).restoreState(place);
}

/**
 * As `unsettled` of settle.ts.
 * @returns undefined when no apply is on record, too
 * @throws AnycastError `TerraformFailed`
 */
export async function unsettled(
  place: RecordPlace,
  terraform: Terraform,
  options: LookOptions = {},
): Promise<AnycastError | undefined> {
  // Where the state is kept elsewhere, records may be next to it; only its lock shows whether an apply is running.
  const isElsewhere = place.localState === undefined && options.hadLock === true;
  if (!isElsewhere && !existsSync(place.path)) return undefined;
  return (require("./settle") as typeof Settle).unsettled(place, terraform, options);
}

import { fieldsOf } from "./fields";
import { ArchiveError } from "./archive-error";
import { fileInZip } from "./zip";

/** Properties of a saved plan file that the JSON of a plan may not have. */
export interface PlanFileFacts {
  /** Version of the program that made it; `""` when the file has none. */
  readonly version: string;
  /** Which of the two programs made it; undefined when the file does not say. */
  readonly madeBy: "Terraform" | "OpenTofu" | undefined;
  /** Made of the whole configuration: without -target, -exclude and errors. */
  readonly whole: boolean;
  readonly refreshOnly: boolean;
  /** Made by `plan -destroy`. */
  readonly destroy: boolean;
}

/** Names and numbers of Terraform's and OpenTofu's planfile.proto that both read in the same way. */
const PLAN = "tfplan";
const TARGETS = 5;
const EXCLUDES = 6;
const VERSION = 14;
const MODE = 17;
const CHECK_RESULTS = 19;
const ERRORED = 20;
/** Terraform's alone. */
const APPLYABLE = 25;
const COMPLETE = 26;
const DEFERRED = 27;
const DESTROY = 1;
const REFRESH_ONLY = 2;

/** The first Terraform that writes `applyable` and `complete`. */
const SINCE = { major: 1, minor: 8 };

/**
 * Reads a saved plan file.
 * @throws ArchiveError when it is none
 */
export function aboutPlanFile(bytes: Buffer): PlanFileFacts {
  const seen = new Map<number, number | Buffer>();
  for (const [field, value] of fieldsOf(fileInZip(bytes, PLAN))) seen.set(field, value);
  const is = (field: number): boolean => seen.has(field) && seen.get(field) !== 0;
  const text = seen.get(VERSION);
  const version = Buffer.isBuffer(text) ? text.toString("utf8") : "";
  const whole = !seen.has(TARGETS) && !seen.has(EXCLUDES) && !is(ERRORED);
  const byTerraform = is(APPLYABLE) || is(COMPLETE) || seen.has(DEFERRED);
  return {
    version,
    // Terraform calls every plan complete that is whole, so one that is not called so is the other's.
    madeBy: byTerraform
      ? "Terraform"
      : (whole || seen.has(EXCLUDES)) && saysWhenComplete(version)
        ? "OpenTofu"
        : undefined,
    whole: byTerraform ? whole && is(COMPLETE) : whole,
    refreshOnly: seen.get(MODE) === REFRESH_ONLY,
    destroy: seen.get(MODE) === DESTROY,
  };
}

/**
 * Whether applying a plan without changes would leave its state as it is: it may still hold what a refresh has found, or
 * results of checks.
 * @returns false when the file does not tell: OpenTofu can encrypt it
 */
export function leavesStateAlone(bytes: Buffer): boolean {
  try {
    for (const [field] of fieldsOf(fileInZip(bytes, PLAN))) if (field === CHECK_RESULTS) return false;
    const [after, before] = ["tfstate", "tfstate-prev"].map((name) => contentOfState(fileInZip(bytes, name)));
    return after === before;
  } catch (thrown) {
    if (thrown instanceof ArchiveError || thrown instanceof SyntaxError) return false;
    throw thrown;
  }
}

/** The state before the refresh is kept without the name and number of its version. */
function contentOfState(bytes: Buffer): string {
  return JSON.stringify({ ...(JSON.parse(bytes.toString("utf8")) as object), lineage: "", serial: 0 });
}

function saysWhenComplete(version: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  return major! > SINCE.major || (major === SINCE.major && minor! >= SINCE.minor);
}

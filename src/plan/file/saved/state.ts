import { readRegularFile } from "../../../core/regular-file";
import { fileInZip } from "./zip";

/** Which state a plan was made from: terraform gives each state a name for life, and counts its versions. */
export interface StateVersion {
  /** Empty while nothing was ever written. */
  readonly lineage: string;
  readonly serial: number;
}

/**
 * The version of the state a saved plan was made from.
 * @returns undefined when the file does not tell: OpenTofu can encrypt it
 */
export function stateOfPlan(planFile: string): StateVersion | undefined {
  const text = stateTextOfPlan(planFile);
  return text === undefined ? undefined : stateVersion(text);
}

/**
 * The state a saved plan was made from, as JSON; empty where there was none.
 * @returns undefined when the file is not there, or does not tell
 */
export function stateTextOfPlan(planFile: string): string | undefined {
  try {
    return fileInZip(readRegularFile(planFile), "tfstate").toString("utf8");
  } catch {
    return undefined;
  }
}

/**
 * The version of a state, from its JSON; an empty text is a state that was never written.
 * @returns undefined when the text is no state in the clear
 */
export function stateVersion(text: string): StateVersion | undefined {
  if (text.trim() === "") return { lineage: "", serial: 0 };
  try {
    const { lineage, serial } = JSON.parse(text) as { lineage?: unknown; serial?: unknown };
    return typeof lineage === "string" && typeof serial === "number" ? { lineage, serial } : undefined;
  } catch {
    return undefined;
  }
}

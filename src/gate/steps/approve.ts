import type { Interruption } from "../../terraform";

/** A signal instead of an answer is not a "no" of a person. */
export type Approval = "given" | "declined" | "stopped";

/**
 * Asks for what changes something; no change, no question.
 * @param ask shows what is to be done and asks
 */
export async function approve(
  hasChanges: boolean,
  interruption: Interruption,
  ask: () => Promise<boolean>,
): Promise<Approval> {
  const isGiven = !hasChanges || (await ask());
  if (interruption.signal !== undefined) return "stopped";
  return isGiven ? "given" : "declined";
}

import type { Interruption } from "../../terraform";

/** `stopped`: a signal came instead of an answer. */
export type Approval = "given" | "declined" | "stopped";

/**
 * Asks for approval of changes; without changes nothing is asked.
 * @param ask shows the changes and asks
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

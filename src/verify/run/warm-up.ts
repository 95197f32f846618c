import { AnycastError } from "../../core/errors";
import type { SideName } from "../../core/verify-report";
import type { Probe } from "./probe";

/** Makes some requests to each side that do not count. */
export async function warmUp(
  probe: Probe,
  sides: readonly SideName[],
  times: number,
  signal: AbortSignal,
): Promise<void> {
  for (let i = 0; i < times && !signal.aborted; i++) await allAnswer(probe, sides);
}

/** Makes one request to each side. @returns whether all of them answered */
export async function allAnswer(probe: Probe, sides: readonly SideName[]): Promise<boolean> {
  let all = true;
  try {
    for (const side of sides) all = (await probe(side)).error === undefined && all;
    return all;
  } catch (thrown) {
    if (thrown instanceof AnycastError && thrown.code === "Aborted") return false;
    throw thrown;
  }
}

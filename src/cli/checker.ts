import type { Checker } from "../pipeline/checker";
import type * as Check from "../pipeline/check";

/** The gate, loaded when the first plan is there to be checked: compiling the policy has its price. */
export function checkerOf(): Checker {
  return (sources, options) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { checkPlans } = require("../pipeline/check") as typeof Check;
    return checkPlans(sources, options);
  };
}

/** Loads the gate ahead of the first check. */
export function warmUpChecker(options: Parameters<typeof Check.warmUp>[0]): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { warmUp } = require("../pipeline/check") as typeof Check;
  warmUp(options);
}

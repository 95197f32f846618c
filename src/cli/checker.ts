import type { Checker } from "../check/checker";
import type * as Check from "../check";

/** The check, loaded with the first plan: compiling the policy is slow. */
export function lazyChecker(): Checker {
  return (sources, options) => {
    const { checkPlans } = require("../check") as typeof Check;
    return checkPlans(sources, options);
  };
}

/** Loads the gate ahead of the first check. */
export function warmUpChecker(options: Parameters<typeof Check.warmUp>[0]): void {
  const { warmUp } = require("../check") as typeof Check;
  warmUp(options);
}

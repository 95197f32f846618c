import type { checkPlans } from "./check-plans";

export type { CheckOptions, PlanSource } from "./check-plans";

/** The function that checks plans: `checkPlans`, or what a test uses instead. */
export type Checker = typeof checkPlans;

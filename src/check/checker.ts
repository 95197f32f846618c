import type { checkPlans } from "./check-plans";

export type { CheckOptions, PlanSource } from "./check-plans";

/** What the pipeline needs of the gate: `checkPlans`, or what a test brings in its place. */
export type Checker = typeof checkPlans;

export { checkPlans, type CheckOptions, type PlanSource } from "./check-plans";
export { warmUp } from "./warm-up";

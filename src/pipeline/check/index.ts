export { checkPlans, type CheckOptions, type PlanSource } from "./check-plans";

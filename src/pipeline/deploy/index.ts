export type * from "./types";
export { applySaved, DEFAULT_MAX_AGE_MS } from "./apply-saved";
export type { ApplySavedOptions } from "./apply-saved";
export { planTogether } from "./plan-together";
export { runStacks } from "./run-stacks";
export { savePlans } from "./save-plans";

export { completedByFile } from "./complete";
export { planFacts, type PlanFacts } from "./facts";
export { asList, asObject, type JsonObject } from "./json";
export { stateOfPlan, stateVersion, type StateVersion } from "./plan-file";
export { projectPlan } from "./project";
export { isSavedPlan, parsePlan, readPlan, readPlanFile } from "./read";
export { planNotShown, showSavedPlan } from "./saved";
export { INCOMPLETE, slicePlan, type Slice } from "./slices/slice-plan";
export { hasUnplannedBinding } from "./unplanned";

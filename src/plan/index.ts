export { Beside } from "./beside";
export { completedByFile } from "./complete";
export { planFacts, type PlanFacts } from "./facts";
export { asList, asObject, type JsonObject } from "./json";
export {
  leavesStateAlone,
  provePlanFile,
  stateOfPlan,
  stateTextOfPlan,
  stateVersion,
  type StateVersion,
} from "./plan-file";
export { projectPlan } from "./project";
export { isSavedPlan, parsePlan, readPlan, readPlanFile } from "./read";
export { planNotShown, showSavedPlan } from "./saved";
export { closerPlan } from "./source/closer";
export { INCOMPLETE, slicePlan, type Slice } from "./slices/slice-plan";
export { completedByShape } from "./refresh-only";
export { severalDocuments } from "./several";

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
export { cutIntoParts, type FactsContext, type FactsDocument, makeFacts, type Part, sourcesOf } from "./resolve";
export { completedByShape } from "./refresh-only";
export { severalDocuments } from "./several";

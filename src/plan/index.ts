export { completedByFile } from "./file/complete";
export { planFacts, type PlanFacts } from "./facts";
export { asList, asObject, type JsonObject } from "./json";
export {
  leavesStateAlone,
  provePlanFile,
  stateOfPlan,
  stateTextOfPlan,
  stateVersion,
  type StateVersion,
} from "./file/saved";
export { projectPlan } from "./file/project";
export { isSavedPlan, parsePlan, readPlan, readPlanFile } from "./file/read-plan";
export { planNotShown, showSavedPlan } from "./file/show-saved-plan";
export {
  cutIntoParts,
  evaluatePlan,
  makeFacts,
  type FactsContext,
  type FactsDocument,
  type Part,
  sourcesOf,
} from "./resolve";
export { completedByShape } from "./file/refresh-only";
export { severalDocuments } from "./file/several";

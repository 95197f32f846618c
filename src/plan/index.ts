export { asList, asObject, type JsonObject } from "./json";
export { projectPlan, type ReadTypes } from "./project";
export { isSavedPlan, parsePlan, readPlanFile } from "./read";
export { showSavedPlan } from "./saved";

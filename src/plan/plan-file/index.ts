export { aboutPlanFile, leavesStateAlone, type PlanFileFacts } from "./about";
export { ArchiveError, filesInZip } from "./zip";
export { stateOfPlan, stateTextOfPlan, stateVersion, type StateVersion } from "./state";
export { workspaceOfPlan } from "./workspace";

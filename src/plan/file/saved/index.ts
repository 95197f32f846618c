export { aboutPlanFile, leavesStateAlone, type PlanFileFacts } from "./about";
export { ArchiveError } from "./archive-error";
export { planFileDamaged, provePlanFile } from "./prove";
export { stateOfPlan, stateTextOfPlan, stateVersion, type StateVersion } from "./state";
export { workspaceOfPlan } from "./workspace";
export { filesInZip } from "./zip";

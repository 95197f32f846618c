export { aboutPlanFile, type PlanFileFacts } from "./about";
export { ArchiveError } from "./zip";

export * from "./event-log";
export * from "./progress";
export type { Progress } from "./types";

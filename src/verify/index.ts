export * from "./measure";
export * from "./outputs";
export * from "./record";
export type { VerifyOptions } from "./run/options";
export * from "./statistics";
export * from "./verdict";
export * from "./verify";

export * from "./endpoint";
export * from "./measure";
export * from "./outputs";
export * from "./proxy";
export * from "./statistics";
export * from "./verify";

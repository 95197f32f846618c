export * from "./event-log";
export * from "./progress";

export * from "./cli-config";
export * from "./environment";
export * from "./failures";
export * from "./interruption";
export * from "./private-directory";
export * from "./show";
export * from "./terraform";
export * from "./unsaved-state";

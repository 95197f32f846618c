export * from "./follow-recorded";
export * from "./lookup";
export * from "./record";

export * from "./follow-recorded";
export * from "./on-record";
export * from "./record";

export * from "./lookup";
export * from "./record";

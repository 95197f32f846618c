export * from "./record-one";
export * from "./compare";
export * from "./record";

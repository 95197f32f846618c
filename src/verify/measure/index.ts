export * from "./attempt";
export * from "./endpoint";
export * from "./proxy";
export * from "./resolve";

export * from "./failures";
export * from "./interruption";
export * from "./private-directory";
export * from "./rewriting-variables";
export * from "./show";
export * from "./terraform";

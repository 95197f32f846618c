export * from "./project-root";
export * from "./state-file";

export * from "./files";
export * from "./packages";
export * from "./write";

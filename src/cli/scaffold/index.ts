export * from "./files";
export * from "./write";

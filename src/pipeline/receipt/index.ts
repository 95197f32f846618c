export * from "./compare";
export * from "./content";
export * from "./digests";
export { unseal } from "./dsse";
export * from "./keys";
export * from "./ledger";
export * from "./make";
export * from "./provider-sources";
export * from "./statement";

export type { BindingProof } from "./compare";
export * from "./prove";

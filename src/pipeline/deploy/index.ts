export type * from "./types";
export { runStacks } from "./run-stacks";

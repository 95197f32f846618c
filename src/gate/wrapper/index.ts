export { readAnswer } from "./approval";
export type { WrapperContext } from "./context";
export { runWrapper } from "./wrapper";

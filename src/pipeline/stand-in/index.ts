export { readAnswer } from "./approval";
export type { StandInContext } from "./context";
export { runStandIn } from "./stand-in";

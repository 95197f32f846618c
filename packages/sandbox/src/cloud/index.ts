export { openCloud } from "./cloud";
export * from "./contract";
export { FAULT_KINDS, parseFault } from "./faults/rule";
export type { FaultKind, FaultRule } from "./faults/rule";
export { readCloud } from "./read-cloud";
export { implementedActions } from "./services";
export { DEFAULT_QUOTAS } from "./data/limits";

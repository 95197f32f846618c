export { readPolicyBundle, sha256, type PolicyBundle, type RuleMetadata } from "./bundle";
export { readDecision, type Decision, type PolicyFinding } from "./decision";
export { openGate, type CutPlan, type Gate, type Settings } from "./gate";
export { strictest } from "./strictest";
export { loadWasmPolicy, type WasmPolicy } from "./wasm-policy";

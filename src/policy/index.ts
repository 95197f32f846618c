export { readPolicyBundle, type PolicyBundle, type RuleMetadata } from "./bundle";
export { readDecision, type Decision, type PolicyFinding } from "./decision";
export { openGate, type Gate, type GateInput, type Settings } from "./gate";
export { loadWasmPolicy, type WasmPolicy } from "./wasm-policy";

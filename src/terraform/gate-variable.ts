/**
 * The input variable that a guarded stack has (src/constructs/policies/guard.ts): without this value its plan fails, so
 * that a terraform that is started around the gate stops. Terraform ignores it where no such variable is declared.
 */
export const GATE_VARIABLE: Readonly<Record<string, string>> = { TF_VAR_anycast_gate: "checked" };

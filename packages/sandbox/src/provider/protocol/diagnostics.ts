import type { Step } from "../plan/diff";

/** A message for the person at the terminal. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  /** @default "" */
  readonly detail?: string;
  /** Where in the configuration. @default the whole resource */
  readonly path?: readonly Step[];
}

export const errorAt = (path: readonly Step[], summary: string, detail = ""): Diagnostic => ({
  severity: "error",
  summary,
  detail,
  path,
});

export const warningAt = (path: readonly Step[], summary: string, detail = ""): Diagnostic => ({
  severity: "warning",
  summary,
  detail,
  path,
});

export function pathMessage(path: readonly Step[]): Record<string, unknown> {
  return {
    steps: path.map((step) => (typeof step === "number" ? { elementKeyInt: step } : { attributeName: step })),
  };
}

export function diagnosticMessage(one: Diagnostic): Record<string, unknown> {
  return {
    severity: one.severity === "error" ? 1 : 2,
    summary: one.summary,
    detail: one.detail ?? "",
    attribute: one.path === undefined || one.path.length === 0 ? undefined : pathMessage(one.path),
  };
}

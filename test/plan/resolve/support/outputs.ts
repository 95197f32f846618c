import { spawnSync } from "node:child_process";
import { terraformBinary, terraformEnvironment } from "../../../../src/core/terraform-binary";

/** An error of terraform. `range` is undefined for one that has no place. */
export interface Diagnostic {
  readonly severity: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
}

/** Starts terraform in a directory, and gives what it prints. */
export function terraformIn(cwd: string): (...args: string[]) => string {
  const options = { cwd, env: terraformEnvironment(), encoding: "utf8", maxBuffer: 1 << 28 } as const;
  return (...args) => spawnSync(terraformBinary(), args, options).stdout;
}

/** Each expression as an output `oN`, on a line of its own; an empty line for those that fail. */
export function outputsOf(expressions: readonly string[], failing: ReadonlySet<number>): string {
  return expressions
    .map((one, i) => (failing.has(i) ? "" : `output "o${String(i)}" { value = jsonencode({ value = (${one}) }) }`))
    .join("\n");
}

/** The errors in what terraform prints with `-json`. */
export function errorsIn(said: string): Diagnostic[] {
  return said
    .split("\n")
    .filter((line) => line.includes('"diagnostic"'))
    .map((line) => (JSON.parse(line) as { readonly diagnostic: Diagnostic }).diagnostic)
    .filter(({ severity }) => severity === "error");
}

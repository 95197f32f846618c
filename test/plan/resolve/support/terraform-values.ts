import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorsIn, outputsOf, terraformIn } from "./outputs";

/**
 * What real terraform gives for each expression, as an output of a plan; undefined where it fails.
 * @param variables blocks that declare what the expressions refer to
 */
export function valuesByTerraform(expressions: readonly string[], variables: string): unknown[] {
  const directory = mkdtempSync(join(tmpdir(), "anycast-witness-"));
  const failing = new Set<number>();
  const terraform = terraformIn(directory);
  try {
    // Terraform tells all that fail at once, some of them only when others are gone.
    for (;;) {
      writeFileSync(join(directory, "main.tf"), `${outputsOf(expressions, failing)}\n${variables}`);
      const errors = errorsIn(terraform("plan", "-json", "-out=p.tfplan"));
      if (errors.length === 0) break;
      for (const { range } of errors) failing.add(range!.start.line - 1);
    }
    const shown = JSON.parse(terraform("show", "-json", "p.tfplan")) as Shown;
    return expressions.map((_, i) => {
      const text = shown.planned_values.outputs[`o${String(i)}`]?.value;
      return text === undefined ? undefined : (JSON.parse(text) as { value: unknown }).value;
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Shown {
  readonly planned_values: { readonly outputs: Readonly<Record<string, { readonly value: string }>> };
}

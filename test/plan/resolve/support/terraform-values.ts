import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformBinary, terraformEnvironment } from "../../../../src/core/terraform-binary";

/**
 * What real terraform gives for each expression, as an output of a plan; undefined where it fails.
 * @param variables blocks that declare what the expressions refer to
 */
export function valuesByTerraform(expressions: readonly string[], variables: string): unknown[] {
  const directory = mkdtempSync(join(tmpdir(), "anycast-witness-"));
  const failing = new Set<number>();
  const terraform = (...args: string[]): string =>
    spawnSync(terraformBinary(), args, {
      cwd: directory,
      env: terraformEnvironment(),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }).stdout;
  try {
    // Terraform tells all that fail at once, some of them only when others are gone.
    for (;;) {
      const outputs = expressions.map((one, i) =>
        failing.has(i) ? "" : `output "o${String(i)}" { value = jsonencode({ value = (${one}) }) }`,
      );
      writeFileSync(join(directory, "main.tf"), `${outputs.join("\n")}\n${variables}`);
      const said = terraform("plan", "-json", "-out=p.tfplan")
        .split("\n")
        .filter((line) => line.includes('"diagnostic"'))
        .map((line) => (JSON.parse(line) as Said).diagnostic)
        .filter((one) => one.severity === "error");
      if (said.length === 0) break;
      for (const { range } of said) failing.add(range.start.line - 1);
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

interface Said {
  readonly diagnostic: { readonly severity: string; readonly range: { readonly start: { readonly line: number } } };
}
interface Shown {
  readonly planned_values: { readonly outputs: Readonly<Record<string, { readonly value: string }>> };
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import type { TerraformStack } from "cdktf";

/** The files that `cdktf synth` would write for one stack. */
export interface Synthesised {
  /** `cdk.tf.json`, without a backend. */
  readonly configuration: string;
  /** `manifest.json` of an app with this stack alone. */
  readonly manifest: string;
}

/** The stack's directory in the synthesised output. */
const WORKING_DIRECTORY = "stacks/tested";

/** Synthesises a stack with its aspects and validations, with a local state instead of its backend. */
export function synthesise(stack: TerraformStack): Synthesised {
  stack.prepareStack();
  reachOut(stack);
  Testing.synth(stack, true);
  const made = stack.toTerraform() as { terraform?: Record<string, unknown> };
  const { backend: _backend, cloud: _cloud, ...terraform } = made.terraform ?? {};
  const annotations = stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => /^@cdktf\/(info|warn|error)$/.test(type))
        .map(({ type, data }) => ({ constructPath: node.path, level: type, message: String(data) })),
    );
  const entry = {
    name: stack.node.id,
    constructPath: stack.node.path,
    workingDirectory: WORKING_DIRECTORY,
    synthesizedStackPath: `${WORKING_DIRECTORY}/cdk.tf.json`,
    dependencies: [],
    annotations,
  };
  return {
    // One value per line: terraform's errors show the line.
    configuration: JSON.stringify({ ...made, terraform }, undefined, 2),
    manifest: JSON.stringify({ version: "stubbed", stacks: { [stack.node.id]: entry } }),
  };
}

/** Applies what waits for the app's synthesis (src/constructs/tagging.ts): here only one stack is synthesised. */
function reachOut(stack: TerraformStack): void {
  const waiting: unknown = (stack.node.root as unknown as Record<symbol, unknown>)[Symbol.for("anycast.everywhere")];
  if (Array.isArray(waiting)) for (const reach of waiting as (() => void)[]) reach();
}

/** Writes the files as `cdktf synth` does, runs the work, and removes them. */
export async function withFiles<T>(
  { configuration, manifest }: Synthesised,
  work: (stackDirectory: string) => Promise<T>,
): Promise<T> {
  const outdir = mkdtempSync(join(tmpdir(), "anycast-testing-"));
  try {
    const directory = join(outdir, WORKING_DIRECTORY);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(outdir, "manifest.json"), manifest);
    writeFileSync(join(directory, "cdk.tf.json"), configuration);
    return await work(directory);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

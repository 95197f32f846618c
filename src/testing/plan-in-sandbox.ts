import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { AnycastError } from "../core/errors";
import { run } from "../core/process";
import { terraformBinary, terraformEnvironment } from "../core/terraform-binary";
import { GATE_VARIABLE } from "../terraform/gate-variable";
import { synthesise } from "./synthesise";
import type { Synthesised } from "./synthesise";
import { testSandbox } from "./test-sandbox";
import type { TestSandbox } from "./test-sandbox";

/** How a plan is made. */
export interface PlanOptions {
  /** Values of input variables. @default none */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Numbers of resources, as `terraform plan` counts them: a replacement is one to add and one to destroy. */
export interface PlanChanges {
  /** Created, replacements included. */
  readonly add: number;
  /** Changed in place. */
  readonly change: number;
  /** Destroyed, replacements included. */
  readonly destroy: number;
}

/** A plan that terraform made in the sandbox. */
export interface SandboxPlan {
  /** What `terraform show -json` prints of it. */
  readonly json: Uint8Array;
  /** The same, parsed. */
  readonly document: {
    readonly resource_changes?: readonly {
      readonly address: string;
      readonly type: string;
      readonly mode: string;
      readonly change: { readonly actions: readonly string[]; readonly after: unknown };
    }[];
    readonly [key: string]: unknown;
  };
  /** How many resources it adds, changes and destroys. */
  readonly changes: PlanChanges;
  /** Name of the stack. */
  readonly stack: string;
  /** The synthesised stack, from which lines, construct paths and acknowledgements are read. */
  readonly synthesised: Synthesised;
}

/**
 * Makes the real plan of a stack: terraform itself, against the simulated cloud, from an empty state. Validations and aspects run as
 * in `cdktf synth`. All tests of a process share one sandbox and one initialised directory; a type that the sandbox does
 * not simulate is mocked, in a second one.
 * @throws AnycastError `PlanFailed` with terraform's error, `PackageMissing` when the sandbox's packages are not installed
 * @example
 * const plan = await planInSandbox(new ServiceStack(Testing.app(), "service"));
 * expect(plan).toPlan({ add: 12 });
 */
export async function planInSandbox(stack: TerraformStack, options: PlanOptions = {}): Promise<SandboxPlan> {
  const synthesised = synthesise(stack);
  const sandbox = await testSandbox(synthesised.configuration);
  return sandbox.inTurn(async () => {
    writeFileSync(join(sandbox.directory, "cdk.tf.json"), synthesised.configuration);
    const variables = Object.entries(options.variables ?? {}).map(([name, value]) => `-var=${name}=${value}`);
    const plan = ["plan", "-input=false", "-no-color", "-lock=false", "-out=plan.tfplan", ...variables];
    // Terraform says itself when a directory has to be initialised again: for the first plan, and for other providers.
    const first = await terraform(sandbox, plan);
    if (first.exitCode !== 0) {
      await mustWork(stack, sandbox, ["init", "-input=false", "-no-color"]);
      await mustWork(stack, sandbox, plan);
    }
    const json = await mustWork(stack, sandbox, ["show", "-json", "plan.tfplan"]);
    const document = JSON.parse(Buffer.from(json).toString("utf8")) as SandboxPlan["document"];
    return { json, document, changes: countChanges(document), stack: stack.node.id, synthesised };
  });
}

function terraform(sandbox: TestSandbox, args: readonly string[]): ReturnType<typeof run> {
  const env = { ...terraformEnvironment(), ...sandbox.env, ...GATE_VARIABLE };
  return run(terraformBinary(), args, { cwd: sandbox.directory, env });
}

async function mustWork(stack: TerraformStack, sandbox: TestSandbox, args: readonly string[]): Promise<Uint8Array> {
  const ended = await terraform(sandbox, args);
  if (ended.exitCode === 0) return ended.stdout;
  throw new AnycastError(
    "PlanFailed",
    `terraform ${args[0]} of the stack ${stack.node.id} failed: ${ended.stderr.toString("utf8").trim()}`,
  );
}

function countChanges(document: SandboxPlan["document"]): PlanChanges {
  const actions = (document.resource_changes ?? [])
    .filter((one) => one.mode === "managed")
    .map((one) => one.change.actions);
  const count = (action: string): number => actions.filter((all) => all.includes(action)).length;
  return { add: count("create"), change: count("update"), destroy: count("delete") };
}

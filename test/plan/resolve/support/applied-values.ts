import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { JsonObject } from "../../../../src/plan/json";
import type { PlanView } from "../../../../src/plan/resolve/evaluate/plan-view";
import { WholePlan } from "../../../../src/plan/resolve/source/whole-plan";
import { errorsIn, outputsOf, terraformIn } from "./outputs";

const OUTPUTS = "outputs.tf";

/** A plan, and what became of its expressions when it was applied. */
export interface Applied {
  readonly file: Buffer;
  readonly view: PlanView;
  /** Undefined for an expression that fails, or of which only the plan has the value. */
  readonly values: readonly ({ readonly value: unknown } | undefined)[];
  /** Attributes of each resource afterwards. */
  readonly resources: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/**
 * Plans and applies a configuration that needs no provider, with each expression as an output.
 * @param files by their names
 */
export function applyExpressions(files: Readonly<Record<string, string>>, expressions: readonly string[]): Applied {
  const directory = mkdtempSync(join(tmpdir(), "anycast-witness-"));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  };
  const terraform = terraformIn(directory);
  const failing = new Set<number>();
  const run = (...args: string[]): boolean => {
    const errors = errorsIn(terraform(...args));
    for (const { range } of errors) {
      if (range?.filename !== OUTPUTS) throw new Error("the configuration around the expressions fails");
      failing.add(range.start.line - 1);
    }
    return errors.length === 0;
  };
  try {
    for (const [name, text] of Object.entries(files)) write(name, text);
    terraform("init", "-input=false");
    // Terraform tells all that fail at once, some of them only when others are gone, or during the apply.
    do {
      rmSync(join(directory, "terraform.tfstate"), { force: true });
      write(OUTPUTS, outputsOf(expressions, failing));
    } while (!run("plan", "-json", "-out=p.tfplan") || !run("apply", "-json", "p.tfplan"));
    const plan = JSON.parse(terraform("show", "-json", "p.tfplan")) as JsonObject;
    const { values: state } = JSON.parse(terraform("show", "-json")) as State;
    const texts = expressions.map((_, i) => state.outputs?.[`o${String(i)}`]?.value);
    const values = texts.map((text) => (text ? (JSON.parse(text) as { value: unknown }) : undefined));
    return { file: readFileSync(join(directory, "p.tfplan")), view: viewOf(plan), values, resources: within(state) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function viewOf(plan: JsonObject): PlanView {
  const whole = new WholePlan(() => plan, new Set());
  const variables = plan.variables as Readonly<Record<string, { readonly value?: unknown }>>;
  const modules = modulesOf((plan.planned_values as { readonly root_module: Module }).root_module);
  return {
    variable: (name) => (name in variables ? { value: variables[name]!.value ?? null } : undefined),
    workspace: "default",
    planned: (block) => whole.planned(block),
    read: (block) => whole.read(block),
    moduleKeys: (call) =>
      new Set(
        modules
          .map(({ address = "" }) => address)
          .filter((address) => address === call || address.startsWith(`${call}[`))
          .map((address) => address.slice(call.length)),
      ),
  };
}

function within({ root_module }: { readonly root_module: Module }): Map<string, Readonly<Record<string, unknown>>> {
  const resources = modulesOf(root_module).flatMap((module) => module.resources ?? []);
  return new Map(resources.map(({ address, values }) => [address, values]));
}

function modulesOf(module: Module): Module[] {
  return [module, ...(module.child_modules ?? []).flatMap(modulesOf)];
}

interface Module {
  readonly address?: string;
  readonly resources?: readonly { readonly address: string; readonly values: Readonly<Record<string, unknown>> }[];
  readonly child_modules?: readonly Module[];
}

interface State {
  readonly values: {
    readonly root_module: Module;
    readonly outputs?: Readonly<Record<string, { readonly value: string | null }>>;
  };
}

import type { AnycastEvent } from "../../src/core/events";
import { lazyChecker } from "../../src/cli/checker";
import { runStacks } from "../../src/gate/stacks";
import type { DeployResult, PlannedStack } from "../../src/gate/stacks";
import { commandName, terraformBinary } from "../../src/core/terraform-binary";
import type { Interruption } from "../../src/terraform";

export interface ProjectRun {
  readonly operation: "deploy" | "destroy";
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  readonly interruption: Interruption;
  /** Called when a step begins. */
  readonly working: (what: string) => void;
  /** Called when the app was synthesised. */
  readonly synthesised?: (ms: number) => void;
  /** Called with the allowed plan, before it is applied, and with the times of planning and checking. */
  readonly allowed?: (plan: PlannedStack, ms: { readonly plan: number; readonly check: number }) => void;
}

export interface ProjectResult {
  readonly result: DeployResult;
  /** Milliseconds by step: synth, init, plan, check, apply, …; all stacks together. */
  readonly ms: ReadonlyMap<string, number>;
}

const words = (command: string): Readonly<Record<string, string>> => ({
  synth: "synthesising the stacks",
  init: `${command} init`,
  plan: `${command} plan`,
  check: "checking the plan",
  apply: `${command} apply`,
  destroy: `${command} apply (destroy)`,
});

/** What `anycast deploy --auto-approve` and `anycast destroy --auto-approve` do, shown step by step. */
export async function runProject(run: ProjectRun): Promise<ProjectResult> {
  const ms = new Map<string, number>();
  const taken = (...steps: string[]): number => steps.reduce((sum, step) => sum + (ms.get(step) ?? 0), 0);
  const named = words(commandName(terraformBinary(run.env)));
  const emit = (event: AnycastEvent): void => {
    if (event.type === "step-started") run.working(named[event.step] ?? event.step);
    if (event.type === "progress") run.working(`${event.step} ${event.done}/${event.total ?? "?"}`);
    if (event.type !== "step-done") return;
    ms.set(event.step, (ms.get(event.step) ?? 0) + event.ms);
    if (event.step === "synth") run.synthesised?.(event.ms);
  };
  const result = await runStacks({
    operation: run.operation,
    projectDirectory: run.project,
    selection: { stacks: [], only: [] },
    env: run.env,
    emit,
    check: lazyChecker(),
    interruption: run.interruption,
    approve: ({ plans }) => {
      for (const plan of plans) run.allowed?.(plan, { plan: taken("init", "plan"), check: taken("check") });
      return Promise.resolve(true);
    },
  });
  return { result, ms };
}

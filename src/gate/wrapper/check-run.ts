import type { CheckReport } from "../../core/check-report";
import { everyStacksOptions } from "../../terraform/options";
import { configFor } from "../../terraform/project";
import type * as Deploy from "../stacks";
import { findCdktfRun } from "./cdktf-run";
import type { GatedRun } from "./gated-run";
import { destroys, directoryOf, throwIfInterrupted } from "./gated-run";
import type { RunVerdict } from "./run-verdict";
import { verdictOf } from "./run-verdict";

/** Stacks that stop the whole run. */
export interface Stopped {
  readonly denied: readonly string[];
  readonly report: CheckReport;
  /** The stack this process works on is one of them. */
  readonly isOwn: boolean;
}

/**
 * Plans and checks all stacks of a `cdktf deploy`, as far as possible, before the first is applied: one refusal stops all
 * of them, as in `anycast deploy`. Each stack is planned and checked again when its turn comes.
 * @returns undefined when nothing stops the run
 */
export async function checkRun(run: GatedRun): Promise<Stopped | undefined> {
  const { context, options } = run;
  // A refresh changes nothing in the cloud, and a given plan belongs to one stack.
  if (options.refreshOnly || options.positional.length > 0) return undefined;
  const found = findCdktfRun(directoryOf(run), context);
  if (found === undefined) return undefined;
  const stopped = (): boolean => context.interruption.signal !== undefined;
  const verdict = await verdictOf(found, () => planStacks(run, found), stopped);
  throwIfInterrupted(run);
  if (verdict?.report === undefined || verdict.denied.length === 0) return undefined;
  return { ...verdict, report: verdict.report, isOwn: verdict.denied.includes(found.own) };
}

async function planStacks(
  run: GatedRun,
  { stacks, outdir }: { stacks: readonly string[]; outdir: string },
): Promise<RunVerdict> {
  const { context, options } = run;
  run.messages.notice(`Policy gate: looking at the ${stacks.length} stacks of this run before the first is applied.`);
  // Most runs have one stack and do not need this.
  const { planTogether } = require("../stacks") as typeof Deploy;
  const refused = await planTogether(
    {
      operation: destroys(run) ? "destroy" : "deploy",
      selection: { stacks: [], only: stacks },
      env: context.env,
      // An error of a single stack is reported when that stack's turn comes.
      emit: () => undefined,
      check: context.check,
      interruption: context.interruption,
      config: configFor(outdir, context.env),
      passed: { plan: everyStacksOptions(options.passed.plan), apply: [] },
    },
    outdir,
    run.terraform.directory,
  );
  throwIfInterrupted(run);
  return refused;
}

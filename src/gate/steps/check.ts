import type { CheckReport } from "../../core/check-report";
import { asStep } from "../../core/events";
import type { StackRun } from "./stack-run";

/** The verdict on a plan, as a step that is shown. */
export function check(run: StackRun, planFile: string, json: Buffer): Promise<CheckReport> {
  return asStep(run.front.emit, "check", () => verdictOn(run, planFile, json), run.name);
}

/** The verdict on a plan, from its JSON. */
export function verdictOn(run: StackRun, planFile: string, json: Buffer): Promise<CheckReport> {
  return run.check([{ name: run.label ?? run.name, json, planFile, cwd: run.directory }], run.checkOptions);
}

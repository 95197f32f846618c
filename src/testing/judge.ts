import type { CheckReport } from "../core/check-report";
import { checkPlans } from "../check";
import type { SandboxPlan } from "./plan-in-sandbox";
import { withFiles } from "./synthesise";

/** How a plan is checked. */
export interface JudgeOptions {
  /** Path of anycast.yaml. @default anycast.yaml in the working directory, where there is one */
  readonly config?: string;
  /** Directories or bundles with rules of your own. @default none */
  readonly policies?: readonly string[];
  /** The time of the check, for change windows and waivers. @default now */
  readonly now?: Date;
}

/**
 * The policy gate, in this process: what `anycast check` would report of a plan.
 * @throws AnycastError `ConfigInvalid`, `PolicyNotLoaded`, …
 * @example
 * const report = await judge(await planInSandbox(stack));
 * expect(report.verdict).toBe("allowed");
 */
export function judge(plan: SandboxPlan, options: JudgeOptions = {}): Promise<CheckReport> {
  return withFiles(plan.synthesised, (cwd) =>
    checkPlans([{ name: plan.stack, json: plan.json, cwd }], { ...options, emit: () => undefined }),
  );
}

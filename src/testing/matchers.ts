import { TerraformStack } from "cdktf";
import type { CheckReport } from "../core/check-report";
import { render } from "../report";
import { judge } from "./judge";
import { planInSandbox } from "./plan-in-sandbox";
import type { PlanChanges, SandboxPlan } from "./plan-in-sandbox";

/** The result that a matcher returns to the test runner. */
export interface MatcherResult {
  /** Whether the assertion holds. */
  readonly pass: boolean;
  /** The message of a failed assertion, negated or not. */
  readonly message: () => string;
}

/** Assertions about a plan, or about a stack, which is planned first. */
export interface AnycastMatchers<R = Promise<void>> {
  /** The gate allows the plan. */
  toBeAllowedByPolicy(): R;
  /** The plan binds something, and every binding is proven to be of an internal load balancer in a VPC. */
  toBindOnlyInternalClbs(): R;
  /** The plan adds, changes and destroys that many resources; numbers that are left out are not compared. */
  toPlan(changes: Partial<PlanChanges>): R;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
    interface Matchers<R, T> extends AnycastMatchers<Promise<R>> {}
  }
}

/** For `expect.extend`, where `expect` is no global. */
export const anycastMatchers = {
  async toBeAllowedByPolicy(given: unknown): Promise<MatcherResult> {
    const report = await judge(await planOf(given));
    return result(report.verdict === "allowed", "to be allowed by the policy", report);
  },

  async toBindOnlyInternalClbs(given: unknown): Promise<MatcherResult> {
    const report = await judge(await planOf(given));
    const targets = report.plans.flatMap((plan) => (plan.evidence ?? []).flatMap((one) => one.targets));
    const bindings = report.plans.reduce((sum, plan) => sum + plan.bindings, 0);
    const refused = report.plans.some((plan) =>
      (plan.findings ?? []).some((finding) => finding.rule.startsWith("binding/") && finding.level === "deny"),
    );
    const internal =
      targets.length > 0 && targets.every((one) => one.address_type === "intranet" && one.vswitch !== "");
    const pass = report.verdict !== "error" && bindings > 0 && internal && !refused;
    return result(pass, "to bind internal load balancers in a VPC, and only such", report);
  },

  async toPlan(given: unknown, wanted: Partial<PlanChanges>): Promise<MatcherResult> {
    const { changes, document, stack } = await planOf(given);
    const keys = (["add", "change", "destroy"] as const).filter((key) => wanted[key] !== undefined);
    const say = (of: Partial<PlanChanges>): string => keys.map((key) => `${of[key]} to ${key}`).join(", ");
    const all = (document.resource_changes ?? []).filter((one) => one.mode === "managed");
    const lines = all.map((one) => `  ${one.change.actions.join(" and ")} ${one.address}`).sort();
    return {
      pass: keys.length > 0 && keys.every((key) => changes[key] === wanted[key]),
      message: () =>
        keys.length === 0
          ? "toPlan needs a number to look for. Fix: toPlan({ add: 12 })."
          : `Expected the plan of ${stack} to be ${say(wanted)}, got \`${say(changes)}\`:\n${lines.join("\n")}`,
    };
  },
};

interface Expect {
  extend(matchers: object): void;
}

/** Adds the matchers to a test runner that has a global `expect`. */
export function registerMatchers({ expect }: { readonly expect?: Partial<Expect> }): void {
  if (typeof expect?.extend === "function") expect.extend(anycastMatchers);
}

function planOf(given: unknown): Promise<SandboxPlan> | SandboxPlan {
  if (TerraformStack.isStack(given)) return planInSandbox(given);
  if (typeof given === "object" && given !== null && "json" in given && "changes" in given) return given as SandboxPlan;
  throw new TypeError("This is neither a stack nor a plan that planInSandbox made. Fix: await planInSandbox(stack).");
}

function result(pass: boolean, what: string, report: CheckReport): MatcherResult {
  return { pass, message: () => `Expected the plan ${pass ? "not " : ""}${what}:\n\n${render(report, "text")}` };
}

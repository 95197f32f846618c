import { checkPlans, type CheckOptions } from "../../../src/pipeline/check";
import { cutBy } from "../../../src/pipeline/check/cut";
import { readTypes } from "../../../src/pipeline/check/read-types";
import type { PlanReport } from "../../../src/core/check-report";
import { projectPlan } from "../../../src/plan";
import { openGate, readPolicyBundle, type Decision, type Settings } from "../../../src/policy";
import type { Json } from "./plan";

/** The strictest settings, on a fixed day. */
export const SETTINGS: Settings = {
  regions: "quick_start",
  levels: {},
  waivers: [],
  region_from_env: null,
  network_interfaces: false,
  bandwidth: {},
  window: null,
  today: "2026-11-22",
  live: {},
};

const NOW = new Date("2026-11-22T12:00:00Z");

/** Checks a plan the way every command does: bytes in, report out. */
export async function check(plan: Json | Uint8Array, options: Partial<CheckOptions> = {}): Promise<PlanReport> {
  const json = plan instanceof Uint8Array ? plan : Buffer.from(JSON.stringify(plan));
  const report = await checkPlans([{ name: "plan.json", json }], {
    emit: () => undefined,
    env: {},
    now: NOW,
    cwd: __dirname,
    ...options,
  });
  return report.plans[0]!;
}

export interface Judgement {
  readonly verdict: "allowed" | "denied" | "error";
  /** Rules that deny, or the code of the error. */
  readonly why: readonly string[];
  readonly decision?: Decision;
}

export type Judge = (plan: Json) => Judgement;

/**
 * What the policy is given: the whole plan as it is, what the rules read of it, or that cut into slices, as
 * `anycast check` does.
 */
export type Given = "whole" | "projection" | "slices";

/** A gate opened once, for thousands of plans. */
export function openJudge(given: Given = "slices", changed: Partial<Settings> = {}): Judge {
  const bundle = readPolicyBundle();
  const facts = readTypes(bundle);
  const settings = { ...SETTINGS, ...changed };
  const project = (plan: Json): Json => (given === "whole" ? plan : projectPlan(plan, facts));
  const gate = openGate(bundle, settings, project, given === "slices" ? cutBy(facts, settings) : undefined);
  return (plan) => {
    try {
      return verdictOf(gate.judge(plan as Record<string, unknown>));
    } catch (thrown) {
      const { code } = thrown as { code?: string };
      if (code === undefined && !(thrown instanceof RangeError)) throw thrown;
      return { verdict: "error", why: [code ?? "RangeError"] };
    }
  };
}

/** What a decision comes to, as `anycast check` and the policies' readers elsewhere draw it. */
export function verdictOf(decision: Decision): Judgement {
  const denying = decision.findings.filter((one) => one.level === "deny" && !one.waived);
  return {
    verdict: denying.length > 0 ? "denied" : "allowed",
    why: [...new Set(denying.map((one) => one.rule))].sort(),
    decision,
  };
}

/** `binding <- targets`, sorted, of everything a decision proves. */
export function provenBy(decision: Decision | PlanReport | undefined): string[] {
  return (decision?.evidence ?? [])
    .map(
      (one) =>
        `${one.address} <- ${one.targets
          .map((target) => target.address)
          .sort()
          .join(", ")}`,
    )
    .sort();
}

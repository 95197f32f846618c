import { isDeepStrictEqual } from "node:util";
import { checkPlans, type CheckOptions } from "../../../src/check";
import { evaluateBy, gateFor } from "../../../src/check/gate-for";
import { readTypes } from "../../../src/check/read-types";
import type { PlanReport } from "../../../src/core/check-report";
import { type PlanFacts, projectPlan, sourcesOf } from "../../../src/plan";
import { readDocument } from "../../../src/plan/file/document/read-document";
import { loadWasmPolicy, readDecision, readPolicyBundle, type Decision, type Settings } from "../../../src/policy";
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

export interface Evaluation {
  readonly verdict: "allowed" | "denied" | "error";
  /** Rules that deny, or the code of the error. */
  readonly why: readonly string[];
  readonly decision?: Decision;
}

/** @param file the saved plan, where it is at hand */
export type Evaluate = (plan: Json, file?: Buffer) => Evaluation;

/**
 * What the policies are given: the whole plan, of which they make the facts themselves (as `opa eval` has it), or the
 * facts, as `anycast check` does.
 */
export type Given = "plan" | "facts";

/** A gate opened once, for thousands of plans. */
export function openEvaluator(given: Given = "facts", changed: Partial<Settings> = {}): Evaluate {
  const decide = given === "facts" ? byFacts({ ...SETTINGS, ...changed }) : byPlan({ ...SETTINGS, ...changed });
  return (plan, file) => {
    try {
      return verdictOf(decide(plan, file));
    } catch (thrown) {
      const { code } = thrown as { code?: string };
      if (code === undefined && !(thrown instanceof RangeError)) throw thrown;
      return { verdict: "error", why: [code ?? "RangeError"] };
    }
  };
}

function byFacts(settings: Settings): (plan: Json, file?: Buffer) => Decision {
  const bundle = readPolicyBundle();
  const types = readTypes(bundle);
  const prepare = (whole: Json, file?: Buffer) => {
    const plan = projectPlan(whole, types);
    proveScannedAlike(whole, plan, types);
    const saved = file === undefined ? {} : { file: () => file };
    return evaluateBy(settings, plan, types, sourcesOf({ whole: () => whole, at: "plan.json", ...saved }));
  };
  const gate = gateFor(bundle, types, settings);
  return (plan, file) => gate.evaluate(prepare(plan, file));
}

/** A plan with white space is scanned, one without is parsed at once: what the gate is given of it is the same. */
function proveScannedAlike(whole: Json, plan: object, types: PlanFacts): void {
  const scanned = readDocument(Buffer.from(JSON.stringify(whole, null, 1)), types);
  if (!isDeepStrictEqual(scanned, plan)) throw new Error("Expected the scanned plan to be read as the parsed one.");
}

function byPlan(settings: Settings): (plan: Json) => Decision {
  const bundle = readPolicyBundle();
  const load = () => loadWasmPolicy(bundle.wasm, { ...bundle.data, anycast_settings: settings }, bundle.entrypoint);
  let policy = load();
  return (plan) => {
    try {
      return readDecision(policy.evaluate(plan as object));
    } catch (thrown) {
      policy = load();
      throw thrown;
    }
  };
}

/** What a decision comes to, as `anycast check` and the policies' readers elsewhere draw it. */
export function verdictOf(decision: Decision): Evaluation {
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
          .flatMap((target) => target.addresses ?? [target.address])
          .sort()
          .join(", ")}`,
    )
    .sort();
}

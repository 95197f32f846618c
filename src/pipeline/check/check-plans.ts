import { resolve } from "node:path";
import type { CheckReport, PlanReport } from "../../core/check-report";
import { worstOf } from "../../core/check-report";
import { AnycastError, messageOf } from "../../core/errors";
import type { Emit } from "../../core/events";
import { isSavedPlan, parsePlan, projectPlan, readPlanFile, showSavedPlan } from "../../plan";
import type { Gate, PolicyBundle } from "../../policy";
import { openGate, readPolicyBundle, sha256 } from "../../policy";
import { reportOf } from "./plan-report";
import { readTypes } from "./read-types";
import { completeSettings } from "./settings";

/** One plan to check: a file, or the bytes of its JSON. */
export interface PlanSource {
  /** Shown name: the path as given, `-` for stdin, the stack's name. */
  readonly name: string;
  /** Path of a saved plan or of its JSON. */
  readonly path?: string;
  /** The bytes that `terraform show -json` printed, or of a saved plan. */
  readonly json?: Uint8Array;
  /** The saved plan file the JSON came from. */
  readonly planFile?: string;
  /** Initialised Terraform directory, for a saved plan. @default the plan file's directory */
  readonly cwd?: string;
}

export interface CheckOptions {
  readonly emit: Emit;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Path of anycast.yaml. @default anycast.yaml in `cwd`, where there is one */
  readonly config?: string;
  /** @default process.cwd() */
  readonly cwd?: string;
  /** The region that providers without one take from the environment. @default undetermined */
  readonly regionFromEnv?: string;
  /** The time of the check. @default now */
  readonly now?: Date;
}

/**
 * Judges plans. A plan that cannot be judged is reported with its error and never allowed.
 * @throws AnycastError for what concerns no single plan: `PolicyNotLoaded`, `CanaryWrong`, `ConfigInvalid`
 */
export async function checkPlans(sources: readonly PlanSource[], options: CheckOptions): Promise<CheckReport> {
  const bundle = readPolicyBundle();
  const settings = completeSettings(options, bundle);
  const types = readTypes(bundle);
  const gate = openGate(bundle, settings, (plan) => projectPlan(plan, types));
  const plans: PlanReport[] = [];
  for (const source of sources) plans.push(await checkOne(source, gate, bundle, options));
  return {
    version: 1,
    verdict: worstOf(plans.map((plan) => plan.verdict)),
    policy: { digest: bundle.digest, rules: bundle.rules.length },
    plans,
  };
}

async function checkOne(
  source: PlanSource,
  gate: Gate,
  bundle: PolicyBundle,
  options: CheckOptions,
): Promise<PlanReport> {
  let digest = "";
  try {
    const bytes = await bytesOf(source, options);
    digest = sha256(bytes);
    const plan = parsePlan(bytes, source.name);
    return reportOf(source.name, digest, gate.judge(plan), bundle, plan);
  } catch (thrown) {
    const code = thrown instanceof AnycastError ? thrown.code : "CheckFailed";
    return { source: source.name, digest, verdict: "error", bindings: 0, error: { code, message: messageOf(thrown) } };
  }
}

async function bytesOf(source: PlanSource, options: CheckOptions): Promise<Uint8Array> {
  const path = source.path === undefined ? undefined : resolve(options.cwd ?? process.cwd(), source.path);
  const bytes = source.json ?? (path === undefined ? new Uint8Array() : readPlanFile(path));
  if (!isSavedPlan(bytes)) return bytes;
  if (path === undefined) {
    throw new AnycastError(
      "PlanNotText",
      `Expected the plan to be JSON, got a saved plan file's bytes (at ${source.name}). Fix: pass the file by its path, or pipe the output of \`terraform show -json\`.`,
    );
  }
  return showSavedPlan(path, options.env ?? process.env, source.cwd);
}

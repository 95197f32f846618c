import { defined } from "../core/defined";
import { dirname, resolve } from "node:path";
import type { CheckReport, PlanReport } from "../core/check-report";
import { worstOf } from "../core/check-report";
import { AnycastError, messageOf } from "../core/errors";
import type { Emit } from "../core/events";
import {
  completedByFile,
  completedByShape,
  isSavedPlan,
  parsePlan,
  provePlanFile,
  readPlan,
  readPlanFile,
  severalDocuments,
  showSavedPlan,
  sourcesOf,
  type FactsContext,
  type PlanFacts,
} from "../plan";
import type { Gate, PolicyBundle, Settings } from "../policy";
import { readPolicyBundle } from "../policy";
import { sha256 } from "../core/digest";
import { acknowledgedIn, withAcknowledgements } from "./acknowledgements";
import { overviewOf } from "./overview";
import { reportOf } from "./plan-report";
import type { ConfigSource } from "./config";
import { askCloud, type LiveAnswers } from "./live";
import { evaluateCustomRules, openCustomRules, proveFitsCustomRules } from "./custom-rules/custom-rules";
import type { CustomRules } from "./custom-rules/custom-rules";
import { evaluateBy, gateFor } from "./gate-for";
import { readTypes } from "./read-types";
import { SettingsCache } from "./settings-cache";
import type { PlanSettings } from "./settings-cache";
import { fromCaller, locateBy, stackDirectory } from "./source-lines";

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
  /** The settings of the plan's own project; null for the defaults. @default those of the whole check */
  readonly config?: ConfigSource | null;
}

export interface CheckOptions {
  readonly emit: Emit;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Path of anycast.yaml, or what a commit holds. @default anycast.yaml in `cwd`, where there is one */
  readonly config?: ConfigSource;
  /** @default process.cwd() */
  readonly cwd?: string;
  /** The region that providers without one take from the environment. @default undetermined */
  readonly regionFromEnv?: string;
  /** The time of the check. @default now */
  readonly now?: Date;
  /** Ask the cloud about load balancers that the plan names by a literal id. @default false */
  readonly live?: boolean;
  /** `host:port` or `host` of the API to ask, for every product. @default the products' own */
  readonly liveEndpoint?: string;
  /** Directories of Rego, or bundles built with `opa build -t wasm`, with a team's custom rules. @default none */
  readonly policies?: readonly string[];
  /** Report what each plan does, for a comment. @default false */
  readonly overview?: boolean;
  /** How long custom rules may take for one plan, in milliseconds. @default 30 s */
  readonly customLimitMs?: number;
  /** Ends the evaluation of custom rules at once when aborted. @default nothing does */
  readonly stop?: AbortSignal;
}

/**
 * Checks plans. A plan that cannot be checked is reported with its error and never allowed.
 * @throws AnycastError for what concerns no single plan: `PolicyNotLoaded`, `CanaryWrong`, `ConfigInvalid`
 */
export async function checkPlans(sources: readonly PlanSource[], options: CheckOptions): Promise<CheckReport> {
  const now = options.now ?? new Date();
  const cwd = options.cwd ?? process.cwd();
  const bundle = readPolicyBundle();
  const facts = readTypes(bundle);
  const allSettings = new SettingsCache({ ...options, cwd, now }, bundle.rules);
  const open = (settings: Settings): Gate => gateFor(bundle, facts, settings);
  // Invalid settings are reported before the first plan is read.
  for (const source of sources) allSettings.settingsOf(source);
  const customRules = await openCustomRules(options.policies ?? [], cwd, options.env ?? process.env, bundle.rules, {
    limitMs: options.customLimitMs,
    stop: options.stop,
  });
  const check: OneCheck = { options, bundle, facts, customRules, open };
  const plans: PlanReport[] = [];
  for (const source of sources) {
    const own = allSettings.settingsOf(source);
    for (const plan of await readSource(source, check)) {
      // After the first plan was read: reading is much slower once WebAssembly memory was allocated.
      open(own.settings);
      plans.push("verdict" in plan ? plan : await evaluateOne(plan, own, check));
    }
  }
  const { waivers, origins } = allSettings;
  return {
    version: 1,
    verdict: worstOf(plans.map((plan) => plan.verdict)),
    policy: {
      digest: bundle.digest,
      rules: bundle.rules.length + customRules.length,
      ...(customRules.length > 0
        ? { own: customRules.map(({ source, digest: own }) => ({ source, digest: own })) }
        : {}),
    },
    plans,
    ...(waivers.length > 0 ? { waivers } : {}),
    ...(origins.length > 0 ? { settings: origins } : {}),
  };
}

interface OneCheck {
  readonly options: CheckOptions;
  readonly bundle: PolicyBundle;
  readonly facts: PlanFacts;
  readonly customRules: readonly CustomRules[];
  /** The gate under these settings; the last one is kept. */
  readonly open: (settings: Settings) => Gate;
}

/** A plan that was read, or why it was not. */
interface Read {
  readonly source: PlanSource;
  readonly digest: string;
  /** Bytes of its JSON. */
  readonly size: number;
  readonly plan: Record<string, unknown>;
  /** Where its values come from. */
  readonly sources: NonNullable<FactsContext["sources"]>;
  readonly answers?: LiveAnswers;
  /** The whole document, for what may read anything: parsed when something first asks, and then once. */
  readonly whole: () => Record<string, unknown>;
}

/** The plans of a source: one, or several in a row, each of which is read by itself. */
async function readSource(source: PlanSource, check: OneCheck): Promise<readonly (Read | PlanReport)[]> {
  const only = await readOne(source, check);
  const { path, planFile, json, name } = source;
  if (!("verdict" in only) || only.error?.code !== "PlanNotJson" || planFile !== undefined) return [only];
  const bytes =
    json ?? (path === undefined ? undefined : readPlanFile(resolve(check.options.cwd ?? process.cwd(), path)));
  const pieces = bytes === undefined ? undefined : severalDocuments(bytes);
  if (pieces === undefined) return [only];
  const read: (Read | PlanReport)[] = [];
  for (const [i, piece] of pieces.entries()) {
    const { path: _path, ...rest } = source;
    read.push(await readOne({ ...rest, json: piece, name: `${name} (plan ${i + 1} of ${pieces.length})` }, check));
  }
  return read;
}

async function readOne(source: PlanSource, { options, facts, customRules }: OneCheck): Promise<Read | PlanReport> {
  let digest = "";
  try {
    const { json: bytes, file } = await bytesOf(source, options);
    if (customRules.length > 0) proveFitsCustomRules(bytes.length, source.name);
    digest = sha256(bytes);
    const read = readPlan(bytes, source.name, facts);
    let parsed: Record<string, unknown> | undefined;
    const whole = (): Record<string, unknown> => (parsed ??= parsePlan(bytes, source.name));
    const plan = file === undefined ? completedByShape(read, whole) : completedByFile(read, file, source.name);
    const answers = options.live === true ? await askCloud(plan, options) : undefined;
    return {
      source,
      digest,
      size: bytes.length,
      plan,
      whole,
      sources: sourcesOf({ whole, at: source.name, ...defined({ file }) }),
      ...defined({ answers }),
    };
  } catch (thrown) {
    return failed(source, digest, thrown);
  }
}

async function evaluateOne(read: Read, own: PlanSettings, check: OneCheck): Promise<PlanReport> {
  const { source, digest, sources, whole, answers } = read;
  try {
    const settings: Settings = { ...own.settings, live: answers?.live ?? {} };
    const { plan, facts } = evaluateBy(settings, read.plan, check.facts, sources);
    const decision = check.open(settings).evaluate({ plan, facts });
    for (const waiver of decision.waivers) own.usedWaivers.add(waiver);
    const added =
      check.customRules.length === 0
        ? []
        : await evaluateCustomRules(check.customRules, whole(), read.size, {
            limitMs: check.options.customLimitMs,
            stop: check.options.stop,
          });
    const report = reportOf(source.name, digest, decision, added, check.bundle);
    const { cwd = process.cwd() } = check.options;
    const stack = stackDirectory([source.cwd, directoryOf(source.planFile), directoryOf(source.path, cwd)]);
    const located = { ...report, findings: (report.findings ?? []).map(locateBy(stack)) };
    return {
      ...fromCaller(withAcknowledgements(located, acknowledgedIn(stack), own.acknowledgements), stack, cwd),
      ...defined({ facts: answers?.facts }),
      ...(check.options.overview === true
        ? { overview: overviewOf(whole(), facts, new Set(decision.evidence.map(({ address }) => address))) }
        : {}),
    };
  } catch (thrown) {
    return failed(source, digest, thrown);
  }
}

function failed({ name }: PlanSource, digest: string, thrown: unknown): PlanReport {
  const code = thrown instanceof AnycastError ? thrown.code : "CheckFailed";
  return { source: name, digest, verdict: "error", bindings: 0, error: { code, message: messageOf(thrown) } };
}

function directoryOf(path: string | undefined, cwd = process.cwd()): string | undefined {
  return path === undefined ? undefined : dirname(resolve(cwd, path));
}

/** A plan's JSON, and the saved plan file it came from, if there is one. */
interface PlanBytes {
  readonly json: Uint8Array;
  readonly file?: () => Buffer;
}

function provenFile(path: string): Buffer {
  const file = readPlanFile(path);
  provePlanFile(file, path);
  return file;
}

async function bytesOf(source: PlanSource, options: CheckOptions): Promise<PlanBytes> {
  const { planFile } = source;
  const path = source.path === undefined ? undefined : resolve(options.cwd ?? process.cwd(), source.path);
  const bytes = source.json ?? (path === undefined ? new Uint8Array() : readPlanFile(path));
  if (!isSavedPlan(bytes)) {
    return { json: bytes, ...(planFile === undefined ? {} : { file: () => provenFile(planFile) }) };
  }
  if (path === undefined) {
    throw new AnycastError(
      "PlanNotText",
      `These are the bytes of a saved plan file, not JSON (at ${source.name}). Fix: pass the file by its path, or pipe the output of \`terraform show -json\`.`,
    );
  }
  const file = Buffer.from(bytes);
  provePlanFile(file, source.name);
  return { json: await showSavedPlan(path, file, options.env ?? process.env, source.cwd), file: () => file };
}

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readRegularFile, refuseSpecialFile } from "../../core/regular-file";
import { AnycastError, expectationError, expected } from "../../core/errors";
import { bytesAsText } from "../../core/limits";
import type { RunResult } from "../../core/process";
import { runReading } from "../../core/run-reading";
import type { PolicyFinding, RuleMetadata } from "../../policy";
import { sha256 } from "../../core/digest";
import type { CustomLimits } from "./evaluation";
import { evaluateCustom } from "./evaluation";
import { readBundle } from "./bundle";

/** A team's custom rules: a compiled policy whose entrypoint returns findings. */
export interface CustomRules {
  /** As given on the command line. */
  readonly source: string;
  readonly wasm: Uint8Array;
  readonly data: object;
  /** `sha256:…` of what is evaluated: the compiled policy and its data. */
  readonly digest: string;
  /** Categories of the rules that ship with the gate; custom rules may not use them. */
  readonly reserved: ReadonlySet<string>;
}

/** The rule that custom Rego must define: `package anycast_own`, `decision := {"findings": [...]}`. */
export const CUSTOM_ENTRYPOINT = "anycast_own/decision";

/**
 * Opens a team's custom rules, Rego directories (which needs opa) or bundles of `opa build -t wasm -e anycast_own/decision`.
 * @throws AnycastError `OwnPolicyNotFound`, `OwnPolicyNotBuilt`, `OwnPolicyInvalid`, `NotARegularFile`
 */
export async function openCustomRules(
  paths: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  rules: readonly RuleMetadata[],
  limits: CustomLimits = {},
): Promise<CustomRules[]> {
  const reserved = new Set(rules.map((rule) => rule.id.split("/")[0] ?? ""));
  const opened: CustomRules[] = [];
  for (const source of paths) {
    const path = resolve(cwd, source);
    if (!existsSync(path))
      throw new AnycastError(
        "OwnPolicyNotFound",
        `There is no directory of Rego and no bundle at ${source}. Fix: check the path given with --policy.`,
      );
    const { wasm, data } = statSync(path).isDirectory()
      ? await build(path, source, env)
      : readBundle(readRegularFile(path), source);
    // Loaded once, so that an invalid one is reported before the first plan.
    await evaluateCustom({ wasm, data, entrypoint: CUSTOM_ENTRYPOINT }, source, limits);
    const digest = sha256(Buffer.concat([wasm, Buffer.from(JSON.stringify(data))]));
    opened.push({ source, wasm, data, digest, reserved });
  }
  return opened;
}

/** For all that opa reads in a directory, because reading a pipe would wait without end. @throws AnycastError `NotARegularFile` */
function refuseSpecialFiles(directory: string): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" }))
    if (/\.(?:rego|json|ya?ml)$/.test(name)) refuseSpecialFile(join(directory, name));
}

/** How long compiling may take, in milliseconds. */
const BUILD_LIMIT_MS = 120_000;

async function build(
  directory: string,
  source: string,
  env: NodeJS.ProcessEnv,
): Promise<{ wasm: Uint8Array; data: object }> {
  refuseSpecialFiles(directory);
  const work = mkdtempSync(join(tmpdir(), "anycast-own-"));
  try {
    const bundle = join(work, "bundle.tar.gz");
    const opa = env.OPA ?? "opa";
    const args = ["build", "-t", "wasm", "-e", CUSTOM_ENTRYPOINT, "--ignore", "*_test.rego", "-o", bundle, "."];
    let built: RunResult;
    try {
      built = await runReading(opa, args, { cwd: directory, env, signal: AbortSignal.timeout(BUILD_LIMIT_MS) });
    } catch (cause) {
      const shown = env.OPA === undefined ? "`opa`" : "the program that OPA names";
      throw new AnycastError(
        "OwnPolicyNotBuilt",
        `Rego in ${source} has to be compiled, and ${shown} could not be run. Fix: install OPA (go install github.com/open-policy-agent/opa@latest) or pass a bundle built with \`opa build -t wasm -e ${CUSTOM_ENTRYPOINT}\`.`,
        { cause },
      );
    }
    if (built.exitCode !== 0) {
      const said = `${built.stderr.toString("utf8")}${built.stdout.toString("utf8")}`.trim();
      throw new AnycastError(
        "OwnPolicyNotBuilt",
        `The Rego in ${source} does not compile: ${built.signal === null ? said : `opa was stopped by ${built.signal}`} Fix: opa check ${source}`,
      );
    }
    return readBundle(readRegularFile(bundle), source);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Most bytes of a plan for custom rules, which get the whole plan: 128 MiB. In memory it takes many times as much. */
const MOST_FOR_CUSTOM_RULES = 128 * 2 ** 20;

/** @param size of the plan's JSON, in bytes. @throws AnycastError `PlanTooLarge` */
export function proveFitsCustomRules(size: number, at: string): void {
  if (size <= MOST_FOR_CUSTOM_RULES) return;
  throw expectationError("PlanTooLarge", {
    what: "a plan with custom rules",
    rule: `at most ${bytesAsText(MOST_FOR_CUSTOM_RULES)}`,
    got: `${String(size)} bytes`,
    at,
    fix: "split the stack, or check it without --policy.",
  });
}

/**
 * What the custom rules find. They can only add findings to ours; they can give neither evidence nor waivers.
 * @param size of the plan's JSON, in bytes
 */
export async function evaluateCustomRules(
  all: readonly CustomRules[],
  plan: Record<string, unknown>,
  size: number,
  limits: CustomLimits = {},
): Promise<PolicyFinding[]> {
  const found: PolicyFinding[] = [];
  for (const own of all) {
    const { wasm, data, source } = own;
    const findings = await evaluateCustom({ wasm, data, entrypoint: CUSTOM_ENTRYPOINT, plan, size }, source, limits);
    if (!Array.isArray(findings)) throw invalid(own, "a list of findings", findings);
    found.push(...findings.map((finding) => readFinding(finding as Partial<Record<string, unknown>> | null, own)));
  }
  return found;
}

function readFinding(finding: Partial<Record<string, unknown>> | null, own: CustomRules): PolicyFinding {
  const { rule, address, message, fix = "", attribute = "", outcome = "violation", level = "deny" } = finding ?? {};
  if (typeof rule !== "string" || !/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(rule))
    throw invalid(own, "a rule id such as team/rule-name", rule);
  if (own.reserved.has(rule.split("/")[0] ?? ""))
    throw invalid(own, "a rule id outside the categories of the gate's own rules", rule);
  if (typeof address !== "string" || typeof message !== "string" || message === "")
    throw invalid(own, "a finding with address and message", finding);
  if (typeof fix !== "string" || typeof attribute !== "string")
    throw invalid(own, "a finding whose fix and attribute are text", finding);
  if (outcome !== "violation" && outcome !== "undetermined")
    throw invalid(own, "an outcome of violation or undetermined", outcome);
  if (level !== "deny" && level !== "warn") throw invalid(own, "a level of deny or warn", level);
  return { rule, address, message, fix, attribute, outcome, level, waived: false };
}

function invalid(own: CustomRules, rule: string, got: unknown): AnycastError {
  return new AnycastError(
    "OwnPolicyInvalid",
    expected({
      what: "the custom policy's answer",
      rule,
      got,
      at: own.source,
      fix: "see docs/custom-rules.md for the shape of a finding.",
    }),
  );
}

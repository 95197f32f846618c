import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AnycastError, expected, messageOf } from "../../core/errors";
import type { PolicyFinding, RuleMetadata, WasmPolicy } from "../../policy";
import { loadWasmPolicy, sha256 } from "../../policy";
import { readBundle } from "./own-bundle";

/** A team's own rules: a compiled policy whose entrypoint returns findings. */
export interface OwnRules {
  /** As given on the command line. */
  readonly source: string;
  readonly policy: WasmPolicy;
  /** `sha256:…` of what is evaluated: the compiled policy and its data. */
  readonly digest: string;
  /** Categories of the rules that ship with the gate; nobody else's rule may take one. */
  readonly reserved: ReadonlySet<string>;
}

/** The rule that own Rego must define: `package anycast_own`, `decision := {"findings": [...]}`. */
export const OWN_ENTRYPOINT = "anycast_own/decision";

/**
 * Opens a team's own rules, Rego directories (which needs opa) or bundles of `opa build -t wasm -e anycast_own/decision`.
 * @throws AnycastError `OwnPolicyNotFound`, `OwnPolicyNotBuilt`, `OwnPolicyInvalid`
 */
export async function openOwnRules(
  paths: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  rules: readonly RuleMetadata[],
): Promise<OwnRules[]> {
  const reserved = new Set(rules.map((rule) => rule.id.split("/")[0] ?? ""));
  return paths.map((source) => {
    const path = resolve(cwd, source);
    if (!existsSync(path))
      throw new AnycastError(
        "OwnPolicyNotFound",
        expected({
          what: "the own policy",
          rule: "a directory of Rego or a bundle",
          got: "nothing",
          at: source,
          fix: "check the path given with --policy.",
        }),
      );
    const { wasm, data } = statSync(path).isDirectory()
      ? build(path, source, env)
      : readBundle(readFileSync(path), source);
    try {
      const digest = sha256(Buffer.concat([wasm, Buffer.from(JSON.stringify(data))]));
      return { source, policy: loadWasmPolicy(wasm, data, OWN_ENTRYPOINT), digest, reserved };
    } catch (cause) {
      throw new AnycastError(
        "OwnPolicyInvalid",
        `The own policy could not be loaded (at ${source}): ${messageOf(cause)} Fix: define \`decision\` in \`package anycast_own\` and build with -e ${OWN_ENTRYPOINT}.`,
        { cause },
      );
    }
  });
}

function build(directory: string, source: string, env: NodeJS.ProcessEnv): { wasm: Uint8Array; data: object } {
  const work = mkdtempSync(join(tmpdir(), "anycast-own-"));
  try {
    const bundle = join(work, "bundle.tar.gz");
    const opa = env.OPA ?? "opa";
    const built = spawnSync(
      opa,
      ["build", "-t", "wasm", "-e", OWN_ENTRYPOINT, "--ignore", "*_test.rego", "-o", bundle, "."],
      { cwd: directory, env, encoding: "utf8" },
    );
    if (built.error !== undefined) {
      throw new AnycastError(
        "OwnPolicyNotBuilt",
        `Rego in ${source} has to be compiled, and \`${opa}\` could not be run. Fix: install OPA (go install github.com/open-policy-agent/opa@latest) or pass a bundle built with \`opa build -t wasm -e ${OWN_ENTRYPOINT}\`.`,
        { cause: built.error },
      );
    }
    if (built.status !== 0)
      throw new AnycastError(
        "OwnPolicyNotBuilt",
        `The Rego in ${source} does not compile: ${(built.stderr || built.stdout).trim()} Fix: opa check ${source}`,
      );
    return readBundle(readFileSync(bundle), source);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What the own rules find. They can only add: their findings join ours and can be neither evidence nor waivers. */
export function judgeByOwnRules(all: readonly OwnRules[], plan: Record<string, unknown>): PolicyFinding[] {
  return all.flatMap((own) => {
    const { findings } = own.policy.evaluate(plan);
    if (!Array.isArray(findings)) throw invalid(own, "a list of findings", findings);
    return findings.map((finding) => readFinding(finding as Partial<Record<string, unknown>> | null, own));
  });
}

function readFinding(finding: Partial<Record<string, unknown>> | null, own: OwnRules): PolicyFinding {
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

function invalid(own: OwnRules, rule: string, got: unknown): AnycastError {
  return new AnycastError(
    "OwnPolicyInvalid",
    expected({
      what: "the own policy's answer",
      rule,
      got,
      at: own.source,
      fix: "see docs/own-rules.md for the shape of a finding.",
    }),
  );
}

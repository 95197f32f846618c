import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findOpa } from "../tools/policies/opa";

const ROOT = join(__dirname, "..");
const LINEAR = join(__dirname, "peers", "linear.rego");
const SAME = join(ROOT, "policies");

/** The version of conftest that is measured; a Go module version. */
export const CONFTEST_VERSION = "0.71.1";

/** With more, the peers find the targets of these policies for minutes. */
const SAME_RULES = { resources: 10_000, bindings: 200 };

export interface Contender {
  readonly name: string;
  readonly title: string;
  /** Largest plan it is given, in resources and bindings. @default any */
  readonly most?: { readonly resources: number; readonly bindings: number };
  /** True for a policy that looks at less than the gate, so that it may allow what the gate refuses. */
  readonly partial?: true;
  readonly command: (plan: string) => readonly string[];
  /** What a run that ended says of the plan. */
  readonly allowed: (run: { readonly exitCode: number | null; readonly stdout: string }) => boolean;
}

/** @param anycast the program to measure, compiled */
export function contenders(anycast = join(ROOT, "bin", "anycast")): readonly Contender[] {
  const opa = findOpa();
  const node = process.execPath;
  const nothingDenied = ({ exitCode, stdout }: { exitCode: number | null; stdout: string }): boolean => {
    if (exitCode !== 0) return false;
    const { result } = JSON.parse(stdout) as { result: { expressions: { value: unknown[] }[] }[] };
    return result[0]!.expressions[0]!.value.length === 0;
  };
  const ended = ({ exitCode }: { exitCode: number | null }): boolean => exitCode === 0;
  return [
    {
      name: "parse",
      title: "Node reads and parses",
      command: (plan) => [node, "-e", "JSON.parse(require('fs').readFileSync(process.argv[1],'utf8'))", plan],
      allowed: ended,
    },
    {
      name: "anycast",
      title: "anycast check",
      command: (plan) => [node, anycast, "check", plan, "--format", "json"],
      allowed: ended,
    },
    {
      name: "opa",
      title: "opa eval, linear policy",
      partial: true,
      command: (plan) => [opa, "eval", "-f", "json", "-d", LINEAR, "-i", plan, "data.main.deny"],
      allowed: nothingDenied,
    },
    {
      name: "conftest",
      title: "conftest, linear policy",
      partial: true,
      command: (plan) => [findConftest(), "test", plan, "--policy", LINEAR, "--output", "json"],
      allowed: ended,
    },
    {
      name: "opa-own",
      title: "opa eval, this package's policies",
      most: SAME_RULES,
      command: (plan) => [opa, "eval", "-f", "json", "-d", SAME, "-i", plan, "data.anycast.standalone.deny"],
      allowed: nothingDenied,
    },
    {
      name: "conftest-own",
      title: "conftest, this package's policies",
      most: SAME_RULES,
      command: (plan) => [findConftest(), "test", plan, "--policy", SAME, "--output", "json"],
      allowed: ended,
    },
  ];
}

function findConftest(): string {
  const path = join(process.env.GOBIN ?? join(process.env.GOPATH ?? join(homedir(), "go"), "bin"), "conftest");
  if (existsSync(path)) return path;
  throw new Error(
    `Expected conftest to be installed (at ${path}). Fix: go install github.com/open-policy-agent/conftest@v${CONFTEST_VERSION}`,
  );
}

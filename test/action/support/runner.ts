import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { run } from "../../../src/core/process";

export const ACTION = join(__dirname, "../../../action");

interface Definition {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, object>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export const DEFINITION = parse(readFileSync(join(ACTION, "action.yml"), "utf8")) as Definition;

export interface StepEnd {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface Step {
  readonly workspace: string;
  readonly with: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** What happened, as GitHub tells it. @default a push */
  readonly event?: object;
}

const temps: string[] = [];
afterAll(() => temps.splice(0).forEach((temp) => rmSync(temp, { recursive: true, force: true })));

/** Runs the action as GitHub's runner runs it: inputs with their defaults as variables, files for outputs and summary. */
export async function runStep(step: Step): Promise<StepEnd> {
  const temp = mkdtempSync(join(tmpdir(), "anycast runner-"));
  temps.push(temp);
  const [outputs, summary, event] = ["outputs", "summary.md", "event.json"].map((name) => join(temp, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [outputs, summary]) writeFileSync(path, "");
  writeFileSync(event, JSON.stringify(step.event ?? {}));
  const inputs = Object.entries(DEFINITION.inputs).map(([name, { default: value = "" }]) => [
    `INPUT_${name.toUpperCase()}`,
    (step.with[name] ?? value).replace("${{ github.token }}", "workflow-token-of-the-test"),
  ]);
  const env = {
    PATH: process.env.PATH,
    HOME: temp,
    RUNNER_TEMP: temp,
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: "acme/infra",
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_RUN_ID: "42",
    GITHUB_ACTIONS: "true",
    CI: "true",
    ...Object.fromEntries(inputs as [string, string][]),
    ...step.env,
  };
  const { exitCode, stdout, stderr } = await run(process.execPath, [join(ACTION, DEFINITION.runs.main)], {
    cwd: step.workspace,
    env,
  });
  return {
    code: exitCode,
    log: stdout.toString("utf8") + stderr.toString("utf8"),
    outputs: outputsIn(readFileSync(outputs, "utf8")),
    summary: readFileSync(summary, "utf8"),
  };
}

/** What a step has written for the steps after it. */
export function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name!, value!]),
  );
}

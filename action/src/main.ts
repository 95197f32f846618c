import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AnycastError, messageOf } from "../../src/core/errors";
import { fromRepositoryRoot } from "../../src/cli/repository";
import type { Reports, Said } from "./anycast";
import { childEnvironment, readReport, runAnycast } from "./anycast";
import { baseOf } from "./base";
import type { PullRequest } from "./event";
import { pullRequestOf } from "./event";
import type { Inputs } from "./inputs";
import { readInputs } from "./inputs";
import { failureReason } from "./reason";
import { redacted } from "./redact";
import { Runner } from "./runner";
import type { TellScene } from "./tell";
import { tell } from "./tell";

const TITLE = "anycast";

/** One run of the action. */
type Scene = TellScene & { readonly inputs: Inputs };

/** Runs the action, and always writes an annotation and a summary. @returns the exit code of the step */
async function main(env: NodeJS.ProcessEnv): Promise<number> {
  const runner = new Runner(env, (text) => void process.stdout.write(redacted(text, env)));
  try {
    return await check(env, runner);
  } catch (thrown) {
    const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
    return couldNot(runner, `${redacted(messageOf(thrown), env)} [${code}]`);
  }
}

async function check(env: NodeJS.ProcessEnv, runner: Runner): Promise<number> {
  const inputs = readInputs(env);
  const workspace = env.GITHUB_WORKSPACE || process.cwd();
  const cwd = resolve(workspace, inputs.workingDirectory);
  const app = fromRepositoryRoot(cwd, env);
  const reports = reportsIn(inputs, workspace, env);
  const scene: Scene = { env, runner, inputs, reports, app, request: pullRequestOf(env) };
  runner.output("name", ["anycast", ...app.split("/").filter(Boolean)].join("-").replace(/[^A-Za-z0-9_.-]/g, "_"));
  if (inputs.mode === "comment") return commentOnly(scene);
  if (!existsSync(cwd)) {
    throw new AnycastError(
      "DirectoryMissing",
      `There is no directory ${inputs.workingDirectory} to work in. Fix: correct the input working-directory.`,
    );
  }
  const child = childEnvironment(env, scene.request?.headSha);
  const configFrom = await configFromOf(inputs, scene.request, cwd, child);
  const ended = await runAnycast(inputs, reports, configFrom, { cwd, env: child });
  runner.showForeign(ended.stderr);
  runner.show(ended.stdout);
  const said = readReport(reports.json);
  const contradiction = said === undefined ? "it left no report" : contradictionOf(ended.exitCode, said);
  if (said === undefined || contradiction !== undefined) {
    const last = redacted(ended.stderr.trim().split("\n").at(-1) ?? "", env);
    return couldNot(
      runner,
      `Nothing was checked: anycast ended with exit code ${String(ended.exitCode)}, and ${contradiction!}. ${last}`,
    );
  }
  if (existsSync(reports.summary)) runner.summary(redacted(readFileSync(reports.summary, "utf8"), env));
  writeOutputs(scene, said, cwd);
  if (said.verdict !== "allowed" && ended.stdout.trim() === "")
    runner.annotate("error", TITLE, `Verdict: ${said.verdict}.`);
  if (inputs.mode === "drift") await tell(scene, said, "issue");
  else if (inputs.comment) await tell(scene, said, "comment");
  return exitCodeOf(inputs, said);
}

/** Tells of reports that another job made. */
async function commentOnly(scene: Scene): Promise<number> {
  const said = readReport(scene.reports.json);
  if (said === undefined)
    throw new AnycastError("ReportMissing", "There is no report to tell of. Fix: correct the input reports.");
  await tell(scene, said, "comment");
  return 0;
}

function reportsIn(inputs: Inputs, workspace: string, env: NodeJS.ProcessEnv): Reports {
  const directory =
    inputs.reports === ""
      ? mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), "anycast-"))
      : resolve(workspace, inputs.reports);
  mkdirSync(directory, { recursive: true });
  return {
    json: join(directory, "report.json"),
    sarif: inputs.sarif === "" ? join(directory, "anycast.sarif") : resolve(workspace, inputs.sarif),
    summary: join(directory, "summary.md"),
    comment: join(directory, "comment.md"),
  };
}

async function configFromOf(
  { configFrom, token, mode }: Inputs,
  request: PullRequest | undefined,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (configFrom === "checkout") return undefined;
  if (configFrom !== "") return configFrom;
  return request === undefined || mode === "deploy" ? undefined : baseOf(request, cwd, env, token);
}

const EXIT_CODES = { allowed: 0, denied: 1, error: 2 } as const;

/** A verdict counts only where exit code and report agree. */
function contradictionOf(exitCode: number | null, said: Said): string | undefined {
  return EXIT_CODES[said.verdict] === exitCode ? undefined : `its report says ${said.verdict}`;
}

function writeOutputs({ runner, inputs, reports }: Scene, said: Said, cwd: string): void {
  const { add, change, destroy } = said.changes;
  const there = (path: string): string => (existsSync(path) ? path : "");
  const values: Readonly<Record<string, string>> = {
    verdict: said.verdict,
    add: String(add),
    change: String(change),
    destroy: String(destroy),
    report: reports.json,
    sarif: there(reports.sarif),
    summary: there(reports.summary),
    comment: there(reports.comment),
    receipt: inputs.save === "" ? "" : there(resolve(cwd, inputs.save)),
    "failure-reason": failureReason(inputs.mode, said),
  };
  for (const [name, value] of Object.entries(values)) runner.output(name, value);
}

function exitCodeOf({ failOn, mode }: Inputs, said: Said): number {
  if (said.verdict === "error") return 2;
  if (said.verdict === "denied") return failOn === "error" && mode !== "deploy" ? 0 : 1;
  const warns = (said.report?.plans ?? []).some(({ findings = [] }) =>
    findings.some((one) => one.level === "warn" && !one.waived),
  );
  return failOn === "warning" && warns ? 1 : 0;
}

function couldNot(runner: Runner, text: string): number {
  runner.annotate("error", TITLE, text);
  runner.summary(`## Policy check: error\n\n\`\`\`\`text\n${text.replace(/`{4,}/g, "")}\n\`\`\`\`\n`);
  runner.output("verdict", "error");
  runner.output("failure-reason", "error");
  return 2;
}

void main(process.env).then((code) => {
  process.exitCode = code;
});

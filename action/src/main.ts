import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AnycastError, messageOf } from "../../src/core/errors";
import { commentMarker, isQuiet } from "../../src/report/comment";
import { fromRepositoryRoot } from "../../src/cli/repository";
import type { Reports, Said } from "./anycast";
import { childEnvironment, readReport, runAnycast } from "./anycast";
import { openApi } from "./comment/api";
import { postComment } from "./comment/post";
import { baseOf } from "./base";
import type { PullRequest } from "./event";
import { pullRequestOf } from "./event";
import type { Inputs } from "./inputs";
import { readInputs } from "./inputs";
import { failureReason } from "./reason";
import { redacted } from "./redact";
import { Runner } from "./runner";

const TITLE = "anycast";

/** Runs the action. Whatever happens, there is an annotation and a summary. @returns the exit code of the step */
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
  if (!existsSync(cwd))
    throw new AnycastError(
      "DirectoryMissing",
      `There is no directory ${inputs.workingDirectory} to work in. Fix: correct the input working-directory.`,
    );
  const request = pullRequestOf(env);
  const reports = reportsIn(mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), "anycast-")), inputs, workspace);
  const child = childEnvironment(env, request?.headSha);
  const configFrom = await configFromOf(inputs, request, cwd, child);
  const ended = await runAnycast(inputs, reports, configFrom, { cwd, env: child });
  runner.showForeign(ended.stderr);
  runner.show(ended.stdout);
  const said = readReport(reports.json);
  const contradiction = said === undefined ? "it left no report" : contradictionOf(ended.exitCode, said);
  if (said === undefined || contradiction !== undefined) {
    const last = ended.stderr.trim().split("\n").at(-1) ?? "";
    return couldNot(
      runner,
      `Nothing was checked: anycast ended with exit code ${String(ended.exitCode)}, and ${contradiction!}. ${redacted(last, env)}`,
    );
  }
  if (existsSync(reports.summary)) runner.summary(redacted(readFileSync(reports.summary, "utf8"), env));
  writeOutputs(runner, inputs, reports, said, cwd);
  if (said.verdict !== "allowed" && ended.stdout.trim() === "")
    runner.annotate("error", TITLE, `Verdict: ${said.verdict}.`);
  if (inputs.comment && request !== undefined) await comment(env, runner, { inputs, reports, said, request, cwd });
  return exitCodeOf(inputs, said);
}

function reportsIn(directory: string, inputs: Inputs, workspace: string): Reports {
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

/** A verdict counts only where exit code and report say the same. */
function contradictionOf(exitCode: number | null, said: Said): string | undefined {
  return EXIT_CODES[said.verdict] === exitCode ? undefined : `its report says ${said.verdict}`;
}

function writeOutputs(runner: Runner, inputs: Inputs, reports: Reports, said: Said, cwd: string): void {
  const { add, change, destroy } = said.changes;
  const reason = failureReason(inputs.mode, said);
  const values: Readonly<Record<string, string>> = {
    verdict: said.verdict,
    add: String(add),
    change: String(change),
    destroy: String(destroy),
    report: reports.json,
    sarif: existsSync(reports.sarif) ? reports.sarif : "",
    summary: existsSync(reports.summary) ? reports.summary : "",
    comment: existsSync(reports.comment) ? reports.comment : "",
    receipt: inputs.save !== "" && existsSync(resolve(cwd, inputs.save)) ? resolve(cwd, inputs.save) : "",
    "failure-reason": reason,
  };
  for (const [name, value] of Object.entries(values)) runner.output(name, value);
}

/** A comment is a service: where it cannot be written, the verdict stands, and a warning says why. */
async function comment(
  env: NodeJS.ProcessEnv,
  runner: Runner,
  run: { inputs: Inputs; reports: Reports; said: Said; request: PullRequest; cwd: string },
): Promise<void> {
  const { inputs, reports, said, request, cwd } = run;
  if (request.isFork)
    return runner.annotate(
      "notice",
      TITLE,
      "No comment: the pull request comes from a fork. The summary of this run has the whole report.",
    );
  if (inputs.token === "" || !existsSync(reports.comment)) return;
  try {
    const api = await openApi({
      baseUrl: env.GITHUB_API_URL || "https://api.github.com",
      token: inputs.token,
      repository: env.GITHUB_REPOSITORY ?? "",
      log: (text) => runner.showForeign(redacted(text, env)),
    });
    const posted = await postComment(api, {
      pullRequest: request.number,
      headSha: request.headSha,
      marker: commentMarker(fromRepositoryRoot(cwd, env)),
      body: redacted(readFileSync(reports.comment, "utf8"), env),
      isQuiet: said.report !== undefined && isQuiet(said.report),
    });
    const told =
      posted.did === "nothing"
        ? { quiet: "nothing changes", stale: "a newer commit was pushed" }[posted.why]
        : posted.url;
    runner.show(`Comment ${posted.did}: ${told}\n`);
  } catch (thrown) {
    runner.annotate(
      "warning",
      TITLE,
      `The comment could not be written: ${redacted(messageOf(thrown), env)}. It takes \`pull-requests: write\`; the summary of this run has the whole report.`,
    );
  }
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

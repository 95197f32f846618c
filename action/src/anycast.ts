import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "../../src/core/check-report";
import { isRecord } from "../../src/core/is-record";
import { run } from "../../src/core/process";
import type { Inputs } from "./inputs";

/** The reports of one run. */
export interface Reports {
  readonly json: string;
  readonly sarif: string;
  readonly summary: string;
  readonly comment: string;
}

export interface Ended {
  readonly exitCode: number | null;
  /** Annotations. */
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line that came with this action, next to this file. */
const CLI = join(__dirname, "anycast.js");

/** Variables by which a step controls the runner or acts as the workflow: the project's own program gets none of them. */
const WITHHELD = /^(INPUT_.*|ACTIONS_.*|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|TOKEN)|GH_TOKEN)$/;

export function childEnvironment(env: NodeJS.ProcessEnv, headSha: string | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !WITHHELD.test(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...(headSha === undefined ? {} : { ANYCAST_HEAD_SHA: headSha }) };
}

/** Runs the command line and waits for its end. */
export async function runAnycast(
  inputs: Inputs,
  reports: Reports,
  configFrom: string | undefined,
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ended> {
  const args = argumentsOf(inputs, reports, configFrom);
  const own = [process.execPath, CLI];
  const command = inputs.mode === "sandbox" ? [...own, "sandbox", "--", ...own, ...args] : [...own, ...args];
  const ended = await run(command[0]!, command.slice(1), { ...place, keepSecrets: true });
  return {
    exitCode: ended.exitCode,
    stdout: ended.stdout.toString("utf8"),
    stderr: ended.stderr.toString("utf8"),
  };
}

function argumentsOf(inputs: Inputs, reports: Reports, configFrom: string | undefined): string[] {
  const { mode, plans, stacks, config, save } = inputs;
  const verb = mode === "plan" ? "check" : mode === "deploy" ? "deploy" : "plan";
  return [
    verb,
    "--format=github",
    ...[
      `json=${reports.json}`,
      `sarif=${reports.sarif}`,
      `markdown=${reports.summary}`,
      `comment=${reports.comment}`,
    ].map((output) => `--output=${output}`),
    ...(mode === "deploy" ? ["--auto-approve"] : []),
    ...(config === "" ? [] : [`--config=${config}`]),
    ...(configFrom === undefined ? [] : [`--config-from=${configFrom}`]),
    ...(save === "" ? [] : [`--save=${save}`]),
    ...inputs.arguments,
    "--",
    ...(mode === "plan" ? plans : stacks),
  ];
}

/** The JSON result of a run. */
export interface Said {
  readonly verdict: "allowed" | "denied" | "error";
  readonly report: CheckReport | undefined;
  /** Codes of what went wrong. */
  readonly codes: readonly string[];
  readonly changes: { readonly add: number; readonly change: number; readonly destroy: number };
}

/** Reads the JSON report; undefined where there is none, or none that can be read. */
export function readReport(path: string): Said | undefined {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
  if (!isRecord(document)) return undefined;
  return Array.isArray(document.stacks) ? ofRun(document) : ofCheck(document);
}

function ofCheck(document: Readonly<Record<string, unknown>>): Said | undefined {
  const { verdict } = document;
  if (verdict !== "allowed" && verdict !== "denied" && verdict !== "error") return undefined;
  const report = document as unknown as CheckReport;
  const sum = (key: "add" | "change" | "destroy"): number =>
    report.plans.reduce((total, { overview }) => total + (overview?.[key] ?? 0), 0);
  const codes = report.plans.flatMap(({ error }) => (error === undefined ? [] : [error.code]));
  return { verdict, report, codes, changes: { add: sum("add"), change: sum("change"), destroy: sum("destroy") } };
}

const VERDICTS = ["allowed", "denied", "error"] as const;

function ofRun(document: Readonly<Record<string, unknown>>): Said {
  const stacks = (document.stacks as unknown[]).filter(isRecord);
  const changes = stacks.map((stack) => (isRecord(stack.changes) ? stack.changes : {}));
  const sum = (key: string): number => changes.reduce((total, one) => total + (Number(one[key]) || 0), 0);
  const errors = [document.error, ...stacks.map(({ error }) => error)].filter(isRecord);
  const report = isRecord(document.check) ? (document.check as unknown as CheckReport) : undefined;
  return {
    verdict: VERDICTS[Number(document.exitCode)] ?? "error",
    report,
    codes: [
      ...errors.map(({ code }) => String(code)),
      ...stacks.flatMap(({ cutShort, status }) => (cutShort === true || status === "unproven" ? ["ApplyFailed"] : [])),
      ...(report?.plans ?? []).flatMap(({ findings = [] }) =>
        findings.some(({ rule, level }) => rule === "deploy/receipt" && level === "deny") ? ["ReceiptDiffers"] : [],
      ),
    ],
    changes: { add: sum("add"), change: sum("change"), destroy: sum("remove") },
  };
}

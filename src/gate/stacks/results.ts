import { defined } from "../../core/defined";
import type { CheckReport, SettingsReport, Verdict, WaiverReport } from "../../core/check-report";
import { worstOf } from "../../core/check-report";
import { AnycastError, messageOf } from "../../core/errors";
import type { DeployResult, Operation, PlannedStack, StackResult, StackStatus } from "./types";

/** What is known about one stack during the run. */
export interface StackProgress {
  readonly plan?: PlannedStack;
  readonly status: StackStatus;
  readonly error?: { readonly code: string; readonly message: string };
  readonly reason?: string;
  readonly cutShort?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The progress of a stack that was applied and differs from what was proven. */
export function unproven(against: AnycastError, plan: PlannedStack): StackProgress {
  return { status: "unproven", plan, error: { code: against.code, message: against.message } };
}

export function failed(thrown: unknown, plan?: PlannedStack): StackProgress {
  const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
  const status = code === "ApplyInterrupted" ? "interrupted" : code === "Interrupted" ? "skipped" : "failed";
  const error = { code, message: messageOf(thrown) };
  return { status, error, ...defined({ plan }) };
}

export function resultOf(stack: string, progress: StackProgress): StackResult {
  const { plan, ...rest } = progress;
  const report = plan?.report.plans[0];
  return {
    stack,
    ...rest,
    ...defined({ changes: plan?.changes, report }),
  };
}

/** 2 when anything could not be done, else 1 when anything was refused or declined, else 0. */
export function exitCodeOfRun(results: readonly StackResult[]): 0 | 1 | 2 {
  const has = (...wanted: StackStatus[]): boolean => results.some(({ status }) => wanted.includes(status));
  const uncheckable = results.some(({ status, report }) => status === "denied" && report?.verdict === "error");
  if (results.length === 0 || has("failed", "interrupted") || uncheckable) return 2;
  if (results.some(({ error }) => error !== undefined && error.code !== "ProofBroken")) return 2;
  if (has("denied", "declined", "unproven")) return 1;
  // Skipped although nothing was refused: the run was stopped.
  return has("skipped") ? 2 : 0;
}

/** One report over the plans of all stacks. */
export function mergeReports(reports: readonly CheckReport[]): CheckReport | undefined {
  const [first] = reports;
  if (first === undefined) return undefined;
  const plans = reports.flatMap((report) => report.plans);
  const verdicts: Verdict[] = reports.map((report) => report.verdict);
  const waivers = mergeWaivers(reports);
  const settings = mergeSettings(reports);
  return {
    version: 1,
    verdict: worstOf(verdicts),
    policy: first.policy,
    plans,
    ...(waivers.length === 0 ? {} : { waivers }),
    ...(settings.length === 0 ? {} : { settings }),
  };
}

/** All checks read the same anycast.yaml: a waiver is in use when one of them used it. */
function mergeWaivers(reports: readonly CheckReport[]): readonly WaiverReport[] {
  const all = reports.map((report) => report.waivers ?? []);
  const longest = all.reduce((a, b) => (b.length > a.length ? b : a), []);
  return longest.map((waiver, i) => all.map((one) => one[i]).find((one) => one?.state === "used") ?? waiver);
}

/** Each place that settings were taken from, once. */
function mergeSettings(reports: readonly CheckReport[]): readonly SettingsReport[] {
  const all = reports.flatMap(({ settings = [] }) => settings);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

export function deployResult(operation: Operation, progress: ReadonlyMap<string, StackProgress>): DeployResult {
  const stacks = [...progress].map(([stack, entry]) => resultOf(stack, entry));
  const reports = [...progress.values()].flatMap(({ plan }) => (plan === undefined ? [] : [plan.report]));
  return { operation, stacks, report: mergeReports(reports), exitCode: exitCodeOfRun(stacks) };
}

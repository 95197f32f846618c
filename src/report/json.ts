import { defined } from "../core/defined";
import type {
  AcknowledgementReport,
  CheckReport,
  Evidence,
  EvidenceTarget,
  Finding,
  LiveFact,
  PlanReport,
  PolicyReport,
  SettingsChange,
  SettingsReport,
  WaiverReport,
} from "../core/check-report";
import { visibleJson } from "./visible";

/** The order of names in the document, the one that docs/schemas/check-report.schema.json shows. */
const REPORT = names<CheckReport>()(["version", "verdict", "policy", "plans", "waivers", "settings"]);
const POLICY = names<PolicyReport>()(["digest", "rules", "own"]);
const PLAN = names<PlanReport>()([
  "source",
  "digest",
  "verdict",
  "bindings",
  "findings",
  "evidence",
  "facts",
  "acknowledgements",
  "overview",
  "error",
]);
const FINDING = names<Finding>()([
  "rule",
  "outcome",
  "level",
  "waived",
  "address",
  "attribute",
  "message",
  "fix",
  "doc",
  "source",
  "construct",
]);
const EVIDENCE = names<Evidence>()(["address", "targets", "region"]);
const TARGET = names<EvidenceTarget>()(["address", "addresses", "via", "by", "address_type", "vswitch", "region_from"]);
const SETTINGS = names<SettingsReport>()(["from", "commit", "file", "changes"]);
const SETTINGS_CHANGE = names<SettingsChange>()(["file", "change", "details"]);
const FACT = names<LiveFact>()(["seen_at", "action", "subject", "answer"]);
const WAIVER = names<WaiverReport>()(["state", "rule", "address", "owner", "reason", "expires", "at"]);
const ACKNOWLEDGEMENT = names<AcknowledgementReport>()([
  "state",
  "rule",
  "construct",
  "addresses",
  "owner",
  "reason",
  "expires",
  "source",
]);

/** The report as the documented JSON, its names in the documented order. Ends with a newline. */
export function renderJson(report: CheckReport): string {
  return visibleJson({
    ...ordered(report, REPORT),
    policy: ordered(report.policy, POLICY),
    plans: report.plans.map(planOf),
    ...defined({
      settings: report.settings?.map(settingsOf),
      waivers: report.waivers?.map((one) => ordered(one, WAIVER)),
    }),
  });
}

function settingsOf(settings: SettingsReport): object {
  return { ...ordered(settings, SETTINGS), changes: settings.changes.map((one) => ordered(one, SETTINGS_CHANGE)) };
}

function planOf(plan: PlanReport): object {
  const { findings, evidence, facts, acknowledgements, error } = plan;
  return {
    ...ordered(plan, PLAN),
    ...defined({
      findings: findings?.map(findingOf),
      evidence: evidence?.map(evidenceOf),
      facts: facts?.map((one) => ordered(one, FACT)),
    }),
    ...(acknowledgements === undefined
      ? {}
      : { acknowledgements: acknowledgements.map((one) => withSource(one, ACKNOWLEDGEMENT)) }),
    ...(error === undefined ? {} : { error: errorOf(error) }),
  };
}

function errorOf({ code, message, source }: NonNullable<PlanReport["error"]>): object {
  return { code, message, ...(source === undefined ? {} : { source: { file: source.file, line: source.line } }) };
}

function findingOf(finding: Finding): object {
  return withSource(finding, FINDING);
}

function withSource<T extends { readonly source?: Finding["source"] }>(one: T, order: readonly string[]): object {
  const { source } = one;
  return {
    ...ordered(one, order),
    ...(source === undefined ? {} : { source: { file: source.file, line: source.line } }),
  };
}

function evidenceOf(evidence: Evidence): object {
  return { ...ordered(evidence, EVIDENCE), targets: evidence.targets.map((one) => ordered(one, TARGET)) };
}

/** A copy with its names in the given order. Nothing is left out: a name without a documented order comes last. */
function ordered<T extends object>(value: T, order: readonly string[]): T {
  if (isOrdered(Object.keys(value), order)) return value;
  const known = order.filter((name) => Object.hasOwn(value, name));
  const others = Object.keys(value)
    .filter((name) => !order.includes(name))
    .sort();
  return Object.fromEntries([...known, ...others].map((name) => [name, (value as Record<string, unknown>)[name]])) as T;
}

function isOrdered(names: readonly string[], order: readonly string[]): boolean {
  let at = -1;
  return names.every((name) => {
    const place = order.indexOf(name);
    const follows = place > at;
    at = place;
    return follows;
  });
}

/** All names of a type: the compiler refuses a list in which one is missing. */
function names<T>() {
  return <const L extends readonly (keyof T)[]>(
    list: L & ([Exclude<keyof T, L[number]>] extends [never] ? unknown : ["left out", Exclude<keyof T, L[number]>]),
  ): readonly string[] => list as unknown as readonly string[];
}

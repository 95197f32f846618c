import type {
  AcknowledgementReport,
  CheckReport,
  EvidenceTarget,
  Finding,
  LiveFact,
  PlanReport,
  Verdict,
  WaiverReport,
} from "../core/check-report";
import { type Alike, findingKey, namesOf, putTogether } from "./alike";
import type { ResourceGroup } from "./groups";
import { groupsOf } from "./groups";
import type { Paint } from "./paint";
import { paintWith } from "./paint";
import {
  acknowledgementSentence,
  counted,
  liftOf,
  planName,
  reasonOf,
  settingsChangeSentence,
  settingsSentence,
  findingStatus,
  verdictLine,
  waiverSentence,
} from "./sentence";
import { visibleReport } from "./visible";
import type { Lift } from "./sentence";
import { wrap } from "../core/wrap";

export interface TextOptions {
  /** ANSI colours. @default false */
  readonly color?: boolean;
  /** Columns to wrap at. @default 80 */
  readonly width?: number;
}

interface Page {
  readonly width: number;
  readonly paint: Paint;
  readonly waivers: readonly WaiverReport[];
}

/**
 * The human-readable report: a section per plan, in it a paragraph per resource (proven ones first, refused ones last),
 * then what concerns the whole check, and the verdict as the last line.
 */
export function renderText(given: CheckReport, options: TextOptions = {}): string {
  const report = visibleReport(given);
  const page = { width: options.width ?? 80, paint: paintWith(options.color ?? false), waivers: report.waivers ?? [] };
  const paragraphs = [
    ...settingsParagraphs(report, page),
    ...report.plans.flatMap((plan) => planParagraphs(plan, page)),
    ...(page.waivers.length === 0 ? [] : [waiverLines(page)]),
    endLines(report, page),
  ];
  return paragraphs.map((lines) => lines.join("\n") + "\n").join("\n");
}

/** Comes first: the approver must know that the settings would change. */
function settingsParagraphs({ settings = [] }: CheckReport, { width, paint }: Page): string[][] {
  return settings.map((one) => [
    ...wrap(settingsSentence(one), width, 0, 2),
    ...one.changes.flatMap((change) => wrap(settingsChangeSentence(change), width, 2, 4).map(paint.yellow)),
  ]);
}

function planParagraphs(plan: PlanReport, page: Page): string[][] {
  const digest = plan.digest === "" ? [] : wrap(plan.digest, page.width, 2);
  const head = [...wrap(`Plan ${planName(plan)}`, page.width, 0, 2).map(page.paint.bold), ...digest];
  if (plan.error !== undefined) {
    const { code, message } = plan.error;
    const title = wrap(`error: ${code}`, page.width, 2, 4).map(page.paint.red);
    return [[...head, ...title, ...wrap(message, page.width, 4)]];
  }
  return [
    head,
    ...putTogether(groupsOf(plan), groupKey).map((alike) => groupLines(alike, plan, page)),
    ...acknowledgementLines(plan.acknowledgements ?? [], page),
    ...(plan.facts === undefined || plan.facts.length === 0 ? [] : [factLines(plan.facts, page)]),
  ];
}

/** Resources of which the same is found; what is proven is proven of each. */
function groupKey({ address, findings, evidence }: ResourceGroup): string | undefined {
  const keys = findings.map(findingKey);
  return address === "" || evidence.length > 0 || keys.includes(undefined) ? undefined : keys.join("\n");
}

function groupLines({ first: group, addresses }: Alike<ResourceGroup>, plan: PlanReport, page: Page): string[] {
  const names = namesOf(addresses, (address) => (address === "" ? "The plan as a whole" : address));
  return [
    ...names.flatMap((name) => wrap(name, page.width, 0, 2).map(page.paint.bold)),
    ...group.evidence.flatMap((one) => [
      ...wrap(`proven: region ${one.region}`, page.width, 2, 4).map(page.paint.green),
      ...one.targets.flatMap((target) => wrap(targetText(target), page.width, 4, 6)),
    ]),
    ...group.findings.flatMap((finding) => findingLines(finding, plan, page)),
  ];
}

/** What is known of a target, in words: `ADDRESS: intranet, vSwitch …, region from … (found by reference …)`. */
export function targetText(target: EvidenceTarget): string {
  const facts = [
    target.address_type,
    ...(target.vswitch === "" ? [] : [`vSwitch ${target.vswitch}`]),
    ...(target.region_from === "" ? [] : [`region from ${target.region_from}`]),
  ].filter((fact) => fact !== "");
  const more = target.addresses === undefined ? "" : ` and ${String(target.addresses.length - 1)} more`;
  return `${target.address}${more}: ${facts.join(", ")} (found by ${target.via} ${target.by})`;
}

function findingLines(finding: Finding, plan: PlanReport, page: Page): string[] {
  const status = findingStatus(finding);
  const color = status === "waived" ? page.paint.cyan : status === "warning" ? page.paint.yellow : page.paint.red;
  const lift = liftOf(finding, plan, page.waivers);
  return [
    ...wrap(`${status}: ${finding.rule}`, page.width, 2, 4).map(color),
    ...wrap(finding.message, page.width, 4),
    ...wrap(`Fix: ${finding.fix}`, page.width, 4),
    ...(finding.source === undefined
      ? []
      : wrap(`Declared at ${finding.source.file}:${finding.source.line}`, page.width, 4)),
    ...(finding.construct === undefined ? [] : wrap(`Construct ${finding.construct}`, page.width, 4)),
    ...(lift === undefined ? [] : wrap(liftText(lift), page.width, 4)),
  ];
}

function liftText({ kind, by }: Lift): string {
  return kind === "waiver"
    ? `Waived until ${by.expires} by ${by.owner} (${by.at}): ${by.reason}`
    : `Acknowledged until ${by.expires} by ${by.owner} (at ${by.construct}): ${by.reason}`;
}

/** Only those not in use: the others are shown with their findings. */
function acknowledgementLines(all: readonly AcknowledgementReport[], { width, paint }: Page): string[][] {
  const unused = all.filter(({ state }) => state !== "used");
  if (unused.length === 0) return [];
  const lines = unused.flatMap((one) => wrap(acknowledgementSentence(one), width, 2, 4).map(paint.yellow));
  return [[paint.bold("Acknowledgements"), ...lines]];
}

function factLines(facts: readonly LiveFact[], page: Page): string[] {
  const title = "The cloud was asked";
  return [
    page.paint.bold(title),
    ...facts.flatMap(({ seen_at, action, subject, answer }) =>
      wrap(`${action} ${subject} at ${seen_at}: ${JSON.stringify(answer)}`, page.width, 2, 4),
    ),
  ];
}

function waiverLines({ waivers, width, paint }: Page): string[] {
  return [
    paint.bold("Waivers"),
    ...waivers.flatMap((waiver) => {
      const lines = wrap(waiverSentence(waiver), width, 2, 4);
      return waiver.state === "used" ? lines : lines.map(paint.yellow);
    }),
  ];
}

function endLines(report: CheckReport, { width, paint }: Page): string[] {
  const { rules, digest, own = [] } = report.policy;
  const found = report.plans.some((plan) => (plan.findings ?? []).length > 0);
  const color = (verdict: Verdict): ((line: string) => string) => (verdict === "allowed" ? paint.green : paint.red);
  const list = report.plans.flatMap((plan) =>
    wrap(`${planName(plan)}: ${plan.verdict} (${reasonOf(plan)})`, width, 0, 2).map(color(plan.verdict)),
  );
  return [
    ...(found ? wrap("Why a rule exists, and an example: anycast explain RULE", width, 0, 2) : []),
    `Policy: ${counted(rules, "rule")}`,
    ...(digest === "" ? [] : wrap(digest, width, 2)),
    ...own.flatMap((one) => wrap(`with ${one.source} ${one.digest}`, width, 2, 4)),
    ...(report.plans.length === 1 ? [] : list),
    ...wrap(verdictLine(report), width, 0, 2).map((line) => paint.bold(color(report.verdict)(line))),
  ];
}

import type {
  AcknowledgementReport,
  CheckReport,
  Evidence,
  Finding,
  PlanReport,
  WaiverReport,
} from "../core/check-report";
import { type Alike, findingKey, namesOf, putTogether } from "./alike";
import { Budget } from "./budget";
import { docLink } from "./doc-link";
import { folded, mdStatus, refusingFirst, settingsQuote } from "./markdown-parts";
import { mdCode, mdRow, mdSentence, mdText } from "./markdown-text";
import {
  acknowledgementSentence,
  counted,
  planName,
  reasonOf,
  reasonOfAll,
  settingsSentence,
  waiverSentence,
} from "./sentence";
import { targetText } from "./text";
import { visibleReport } from "./visible";

/** GitHub takes no job summary above 1 MiB; the note about rows left out needs some of it. */
const MOST_BYTES = 900 * 1024;

export interface MarkdownOptions {
  /** Absolute URL that the `doc` paths of findings are relative to. @default rules are not linked */
  readonly docsUrl?: string;
}

/**
 * Markdown for a job summary or a comment: the verdict, a table of the plans, a table of findings per plan, the
 * proofs in folded sections. Rows that would make it longer than GitHub takes are only counted; the verdict is always shown.
 */
export function renderMarkdown(given: CheckReport, options: MarkdownOptions = {}): string {
  const report = visibleReport(given);
  const budget = new Budget(MOST_BYTES);
  const blocks = [
    `## Policy check: ${report.verdict}`,
    mdSentence(reasonOfAll(report)),
    ...settingsBlocks(report),
    planTable(report.plans, budget),
    ...report.plans.flatMap((plan) => planBlocks(plan, budget, options.docsUrl)),
    ...waiverBlocks(report.waivers ?? [], budget),
    `Policy ${mdCode(report.policy.digest || "not opened")}, ${counted(report.policy.rules, "rule")}` +
      `${(report.policy.own ?? []).map((own) => `, with ${mdCode(own.source)} ${mdCode(own.digest)}`).join("")}. ` +
      `Why a rule exists: ${mdCode("anycast explain RULE")}`,
    `**Verdict: ${report.verdict}** (${mdSentence(reasonOfAll(report))})`,
  ];
  return blocks.join("\n\n") + "\n";
}

/** Comes first: the approver must know that the settings would change. */
function settingsBlocks({ settings = [] }: CheckReport): string[] {
  return settings.flatMap((one) => [...one.changes.map(settingsQuote), mdSentence(settingsSentence(one))]);
}

function planTable(plans: readonly PlanReport[], budget: Budget): string {
  const rows = budget.take(plans, (plan) =>
    mdRow([
      mdCode(planName(plan)),
      plan.verdict === "allowed" ? "allowed" : `**${plan.verdict}**`,
      String(plan.bindings),
      mdSentence(reasonOf(plan)),
      mdCode(plan.digest),
    ]),
  );
  return table(["Plan", "Verdict", "Bindings proven", "Why", "Digest"], rows);
}

function planBlocks(plan: PlanReport, budget: Budget, docsUrl: string | undefined): string[] {
  const { findings = [], evidence = [], facts = [], acknowledgements = [], error } = plan;
  const title = `### ${mdCode(planName(plan))}: ${plan.verdict}`;
  if (error !== undefined) return [title, `**${mdText(error.code)}**: ${mdSentence(error.message)}`];
  const sorted = putTogether(
    refusingFirst(findings, (finding) => finding),
    findingKey,
  );
  const found = budget.take(sorted, (alike) => findingRow(alike, docLink(alike.first.doc, docsUrl)));
  const proofs = budget.take(evidence, evidenceRow);
  const asked = budget.take(facts, ({ action, subject, seen_at, answer }) =>
    mdRow([mdCode(action), mdCode(subject), mdText(seen_at), mdCode(JSON.stringify(answer))]),
  );
  return [
    ...(findings.length + evidence.length + facts.length + acknowledgements.length === 0 ? [] : [title]),
    ...(findings.length === 0 ? [] : [table(["Finding", "Resource", "What and how to fix it", "Declared"], found)]),
    ...acknowledgementBlocks(acknowledgements, budget),
    ...(evidence.length === 0
      ? []
      : [folded(`${counted(evidence.length, "binding")} proven`, table(["Binding", "Region", "Proof"], proofs))]),
    ...(facts.length === 0
      ? []
      : [folded("What the cloud was asked", table(["Action", "Subject", "Time", "Answer"], asked))]),
  ];
}

function findingRow({ first: finding, addresses }: Alike<Finding>, link: string | undefined): string {
  const { rule, address, message, fix, source, construct } = finding;
  return mdRow([
    `${mdStatus(finding)}<br>${link === undefined ? mdCode(rule) : `[${mdCode(rule)}](${link})`}`,
    address === "" ? "the plan as a whole" : namesOf(addresses, mdCode).join("<br>"),
    `${mdSentence(message)}<br>Fix: ${mdSentence(fix)}`,
    source === undefined ? mdCode(construct ?? "") : mdCode(`${source.file}:${source.line}`),
  ]);
}

function evidenceRow({ address, region, targets }: Evidence): string {
  return mdRow([mdCode(address), mdCode(region), targets.map((target) => mdCode(targetText(target))).join("<br>")]);
}

function acknowledgementBlocks(all: readonly AcknowledgementReport[], budget: Budget): string[] {
  if (all.length === 0) return [];
  const rows = budget.take(all, (one) =>
    mdRow([one.state === "used" ? "used" : `**${one.state}**`, mdSentence(acknowledgementSentence(one))]),
  );
  return [table(["State", "Acknowledgement"], rows)];
}

function waiverBlocks(waivers: readonly WaiverReport[], budget: Budget): string[] {
  if (waivers.length === 0) return [];
  const rows = budget.take(waivers, (waiver) =>
    mdRow([waiver.state === "used" ? "used" : `**${waiver.state}**`, mdSentence(waiverSentence(waiver))]),
  );
  return ["### Waivers", table(["State", "Waiver"], rows)];
}

function table(head: readonly string[], { rows, leftOut }: { rows: readonly string[]; leftOut: number }): string {
  const lines = [mdRow(head), mdRow(head.map(() => "---")), ...rows].join("\n");
  return leftOut === 0 ? lines : `${lines}\n\n${counted(leftOut, "more row")} left out; the JSON report has them all.`;
}

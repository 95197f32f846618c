import type { CheckReport, Finding, PlanOverview, PlanReport } from "../../core/check-report";
import { type Alike, findingKey, namesOf, putTogether } from "../alike";
import { Budget } from "../budget";
import { folded, mdStatus, refusingFirst, settingsQuote } from "../markdown-parts";
import { mdCode, mdSentence } from "../markdown-text";
import { acknowledgementSentence, counted, planName, reasonOfAll, settingsSentence, waiverSentence } from "../sentence";
import { targetText } from "../text";
import { visibleReport } from "../visible";
import { pictureOf } from "./picture";

/** GitHub takes 65,536 characters, of at least a byte each. The note about rows left out needs some of them. */
const MOST_BYTES = 54_000;

/** What a comment shows in addition to the report. */
export interface CommentOptions {
  /** The project, as a path from the repository's root; one comment is kept for each. @default the root */
  readonly app?: string;
  /** Full name of the commit that was checked. @default not named */
  readonly commit?: string;
  /** Page of the run. @default no link */
  readonly runUrl?: string;
}

/** The first line of a comment, by which it is found again. The name is escaped so that it cannot end the HTML comment. */
export function commentMarker(app: string): string {
  return `<!-- anycast-comment ${encodeURIComponent(app === "" ? "." : app).replace(/-/g, "%2D")} -->`;
}

/** The report as one comment of a pull request: the verdict first, what it means, and what to do. */
export function renderComment(given: CheckReport, options: CommentOptions = {}): string {
  const report = visibleReport(given);
  const budget = new Budget(MOST_BYTES);
  const overviews = report.plans.flatMap(({ overview }) => (overview === undefined ? [] : [overview]));
  const app = options.app ?? "";
  const blocks = [
    commentMarker(app),
    `## Anycast check${app === "" ? "" : ` of ${mdCode(app)}`}: ${report.verdict}`,
    mdSentence(`${sentenceCase(reasonOfAll(report))}.`),
    ...settings(report),
    ...findings(report, budget),
    ...reach(report.plans, budget),
    ...changes(report.plans, budget),
    ...lifted(report, budget),
    `**Next:** ${mdSentence(nextOf(report, overviews))}`,
    ...proofs(report.plans, budget),
    footer(report, options),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** Whether there is nothing that a reviewer should read: no change, no finding, no other settings. */
export function isQuiet(report: CheckReport): boolean {
  return (
    report.verdict === "allowed" &&
    (report.settings ?? []).every((one) => one.changes.length === 0) &&
    report.plans.every((plan) => plan.overview?.hasChanges === false && (plan.findings ?? []).length === 0)
  );
}

function settings({ settings: all = [] }: CheckReport): string[] {
  return all.flatMap((one) => [
    ...one.changes.map(settingsQuote),
    ...(one.changes.length === 0 ? [] : [mdSentence(settingsSentence(one))]),
  ]);
}

function findings({ plans }: CheckReport, budget: Budget): string[] {
  const several = plans.length > 1;
  const errors = plans.flatMap((plan) =>
    plan.error === undefined
      ? []
      : [
          `- **error ${mdCode(plan.error.code)}** ${mdCode(planName(plan))}${placeOf(plan.error.source)}: ${mdSentence(plan.error.message)}`,
        ],
  );
  const found = plans.flatMap((plan) => putTogether(plan.findings ?? [], findingKey).map((alike) => ({ plan, alike })));
  const sorted = refusingFirst(found, ({ alike }) => alike.first);
  const { rows, leftOut } = budget.take(
    [...errors, ...sorted.map((one) => findingLine(one.alike, one.plan, several))],
    (row) => row,
  );
  if (rows.length + leftOut === 0) return [];
  const more = leftOut === 0 ? [] : [`- ${counted(leftOut, "more line")}: see the summary of the run.`];
  return [`### Findings`, [...rows, ...more].join("\n")];
}

function findingLine({ first: finding, addresses }: Alike<Finding>, plan: PlanReport, several: boolean): string {
  const where = finding.address === "" ? "the plan as a whole" : namesOf(addresses, mdCode).join(", ");
  const of = several ? ` in ${mdCode(planName(plan))}` : "";
  return (
    `- ${mdStatus(finding)} ${mdCode(finding.rule)} ${where}${of}${placeOf(finding.source)}: ` +
    `${mdSentence(finding.message)} Fix: ${mdSentence(finding.fix)}`
  );
}

function placeOf(source: { readonly file: string; readonly line: number } | undefined): string {
  return source === undefined ? "" : ` at ${mdCode(`${source.file}:${source.line}`)}`;
}

function reach(plans: readonly PlanReport[], budget: Budget): string[] {
  const { rows } = budget.take(
    [pictureOf(plans.map((plan) => ({ name: planName(plan), reach: plan.overview?.reach ?? [] })))].filter(Boolean),
    (picture) => picture,
  );
  if (rows.length === 0) return [];
  const more = plans.reduce((sum, { overview }) => sum + (overview?.moreReach ?? 0), 0);
  const left = more === 0 ? [] : [`${counted(more, "more way")} not drawn.`];
  return ["### Reachable from the internet afterwards", ...rows, ...left];
}

function changes(plans: readonly PlanReport[], budget: Budget): string[] {
  const known = plans.filter(({ overview }) => overview !== undefined);
  if (known.length === 0) return [];
  const blocks = known.map(({ overview, ...plan }) => {
    const { add, change, destroy, import: imported, resources, moreResources = 0 } = overview!;
    const counts = [
      `${add} to add`,
      `${change} to change`,
      `${destroy} to destroy`,
      ...(imported === 0 ? [] : [`${imported} to import`]),
    ];
    const head = `${mdCode(planName(plan))}: ${counts.join(", ")}`;
    if (resources.length === 0) return head;
    const { rows, leftOut } = budget.take(
      resources,
      ({ address, action }) => `- ${mdSentence(action)} ${mdCode(address)}`,
    );
    const more = leftOut + moreResources;
    return folded(head, [...rows, ...(more === 0 ? [] : [`- ${counted(more, "more resource")}`])].join("\n"));
  });
  return ["### What the plan changes", ...blocks];
}

function lifted({ waivers = [], plans }: CheckReport, budget: Budget): string[] {
  const lines = [
    ...waivers.map(waiverSentence),
    ...plans.flatMap(({ acknowledgements = [] }) => acknowledgements.map(acknowledgementSentence)),
  ];
  const { rows } = budget.take(lines, (line) => `- ${mdSentence(line)}`);
  return rows.length === 0 ? [] : ["### Waivers", rows.join("\n")];
}

function nextOf(report: CheckReport, overviews: readonly PlanOverview[]): string {
  if (report.verdict === "error")
    return "correct the error above and push again; nothing can be said of this plan yet.";
  if (report.verdict === "denied")
    return "correct the findings and push again. `anycast explain RULE` shows why a rule exists, with an example.";
  if (overviews.length > 0 && overviews.every(({ hasChanges }) => !hasChanges)) return "nothing to deploy.";
  return "merge, then `anycast deploy`. It plans and checks again, and applies exactly what it checked.";
}

function proofs(plans: readonly PlanReport[], budget: Budget): string[] {
  const lines = plans.flatMap(({ evidence = [] }) =>
    evidence.map(
      ({ address, targets }) =>
        `- ${mdCode(address)}: ${targets.map((target) => mdCode(targetText(target))).join("; ")}`,
    ),
  );
  const { rows, leftOut } = budget.take(lines, (line) => line);
  const more = leftOut === 0 ? [] : [`- ${counted(leftOut, "more proof")}`];
  return lines.length === 0
    ? []
    : [folded(`${counted(lines.length, "binding")} proven`, [...rows, ...more].join("\n"))];
}

function footer({ plans, policy }: CheckReport, { commit, runUrl }: CommentOptions): string {
  const digests = plans.slice(0, 5).map(({ digest }) => mdCode(digest.slice(0, 19)));
  const of = commit === undefined ? "" : ` of commit ${mdCode(commit)}`;
  const run =
    runUrl === undefined
      ? ""
      : ` [The run](${encodeURI(runUrl).replace(/[()]/g, "")}) has the summary and the reports.`;
  return (
    `<sub>This is the verdict on plan ${digests.join(", ")}${of}, by policy ${mdCode(policy.digest.slice(0, 19) || "not opened")}. ` +
    `A newer push makes it stale.${run}</sub>`
  );
}

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

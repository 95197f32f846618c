import type {
  AcknowledgementReport,
  CheckReport,
  Finding,
  PlanReport,
  SettingsChange,
  WaiverReport,
} from "../core/check-report";
import { type Alike, findingKey, namesOf, putTogether } from "./alike";
import { compareTexts } from "../core/compare-texts";
import type { FindingStatus } from "./sentence";
import {
  acknowledgementSentence,
  planName,
  settingsChangeSentence,
  findingStatus,
  verdictLine,
  waiverSentence,
} from "./sentence";
import { visibleReport } from "./visible";

type Command = "error" | "warning" | "notice";

/** Most important first: GitHub shows ten of a kind per step. */
const ORDER: readonly FindingStatus[] = ["denied", "not proven", "warning", "waived"];

const COMMANDS: Readonly<Record<FindingStatus, Command>> = {
  denied: "error",
  "not proven": "error",
  warning: "warning",
  waived: "notice",
};

/** GitHub's workflow commands, one annotation for what is found once or the same of several, and the verdict as the last line. */
export function renderGithub(given: CheckReport): string {
  const report = visibleReport(given);
  const lines = [
    ...(report.settings ?? []).flatMap(({ changes }) => changes.map(settingsLine)),
    ...report.plans.flatMap(errorLine),
    ...report.plans
      .flatMap((plan) => putTogether(plan.findings ?? [], findingKey).map((alike) => ({ plan, alike })))
      .sort((a, b) => rank(a.alike.first) - rank(b.alike.first))
      .map(({ plan, alike }) => findingLine(alike, plan)),
    ...report.plans.flatMap(({ acknowledgements = [] }) => acknowledgements.map(acknowledgementLine)),
    ...(report.waivers ?? []).filter(({ state }) => state !== "used").map(waiverLine),
    verdictLine(report),
  ];
  return lines.join("\n") + "\n";
}

const rank = (finding: Finding): number => ORDER.indexOf(findingStatus(finding));

function findingLine({ first: finding, addresses }: Alike<Finding>, plan: PlanReport): string {
  const status = findingStatus(finding);
  const names = namesOf(addresses, (address) => address).join(", ");
  const place = finding.address === "" ? planName(plan) : `${names} in ${planName(plan)}`;
  return annotation(
    COMMANDS[status],
    { file: finding.source?.file, line: finding.source?.line, title: `${status}: ${finding.rule}` },
    `${finding.message}\nFix: ${finding.fix}\nResource: ${place}`,
  );
}

function errorLine(plan: PlanReport): string[] {
  const { error } = plan;
  if (error === undefined) return [];
  const { file, line } = error.source ?? {};
  return [annotation("error", { file, line, title: `${planName(plan)}: ${error.code}` }, error.message)];
}

function waiverLine(waiver: WaiverReport): string {
  const [, file, line] = /^(.+):(\d+):\d+$/.exec(waiver.at) ?? [];
  return annotation("warning", { file, line, title: `${waiver.state} waiver` }, waiverSentence(waiver));
}

function acknowledgementLine(one: AcknowledgementReport): string {
  const { file, line } = one.source ?? {};
  const command = one.state === "used" ? "notice" : "warning";
  return annotation(command, { file, line, title: `${one.state} acknowledgement` }, acknowledgementSentence(one));
}

function settingsLine(change: SettingsChange): string {
  return annotation("warning", { file: change.file, title: "settings change" }, settingsChangeSentence(change));
}

/** One workflow command. Properties must not contain `:` or `,`, data no line ends: they are written as `%XX`. */
function annotation(
  command: Command,
  properties: Readonly<Record<string, string | number | undefined>>,
  text: string,
): string {
  const shown = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([name, value]) => `${name}=${escaped(String(value)).replace(/:/g, "%3A").replace(/,/g, "%2C")}`)
    .join(",");
  return `::${command} ${shown}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

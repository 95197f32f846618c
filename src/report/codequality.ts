import { sha256Hex } from "../core/digest";
import type { AcknowledgementReport, CheckReport, Finding, PlanReport, WaiverReport } from "../core/check-report";
import { acknowledgementSentence, planName, findingStatus, waiverSentence } from "./sentence";
import { visibleJson, visibleReport } from "./visible";

const SEVERITY = { denied: "critical", "not proven": "critical", warning: "minor", waived: "info" } as const;

/** What GitLab calls a degradation. */
interface Degradation {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "critical" | "blocker";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/**
 * GitLab's code quality report: a list, with an entry per finding and per plan that could not be checked. GitLab compares
 * branches by the fingerprints, so these contain no line and no value.
 */
export function renderCodeQuality(given: CheckReport): string {
  const report = visibleReport(given);
  const seen = new Map<string, number>();
  const entries = [
    ...report.plans.flatMap((plan) => [
      ...errorOf(plan),
      ...(plan.findings ?? []).map(entryOf(plan)),
      ...(plan.acknowledgements ?? []).map(acknowledgementOf(plan)),
    ]),
    ...(report.waivers ?? []).map(waiverOf),
  ];
  return visibleJson(
    entries.map(({ subject, ...entry }) => {
      const count = (seen.get(subject) ?? 0) + 1;
      seen.set(subject, count);
      return { ...entry, fingerprint: sha256Hex(`${subject}\0${String(count)}`) };
    }),
  );
}

type Entry = Omit<Degradation, "fingerprint"> & { readonly subject: string };

function entryOf(plan: PlanReport): (finding: Finding) => Entry {
  return (finding) => ({
    description: `${findingStatus(finding)}: ${finding.message} Fix: ${finding.fix}`,
    check_name: finding.rule,
    severity: SEVERITY[findingStatus(finding)],
    location: locationOf(plan, finding.source),
    subject: [planName(plan), finding.rule, finding.address, finding.attribute ?? ""].join("\0"),
  });
}

function errorOf(plan: PlanReport): Entry[] {
  if (plan.error === undefined) return [];
  const { code, message, source } = plan.error;
  return [
    {
      description: `error: ${message}`,
      check_name: code,
      severity: "blocker",
      location: locationOf(plan, source),
      subject: [planName(plan), code].join("\0"),
    },
  ];
}

/** A lift that is in use is only shown; one that lifts nothing needs attention. */
const severityOf = (state: string): "info" | "minor" => (state === "used" ? "info" : "minor");

function acknowledgementOf(plan: PlanReport): (one: AcknowledgementReport) => Entry {
  return (one) => ({
    description: acknowledgementSentence(one),
    check_name: one.rule,
    severity: severityOf(one.state),
    location: locationOf(plan, one.source),
    subject: [planName(plan), "acknowledgement", one.rule, one.construct].join("\0"),
  });
}

function waiverOf(waiver: WaiverReport): Entry {
  const [, path = waiver.at, line = "1"] = /^(.*?):(\d+)/.exec(waiver.at) ?? [];
  return {
    description: waiverSentence(waiver),
    check_name: waiver.rule,
    severity: severityOf(waiver.state),
    location: { path, lines: { begin: Number(line) } },
    subject: ["waiver", waiver.rule, waiver.address].join("\0"),
  };
}

function locationOf(plan: PlanReport, source: Finding["source"]): Degradation["location"] {
  const path = (source?.file ?? planName(plan)).replace(/\\/g, "/").replace(/^(\.\/)+/, "");
  return { path, lines: { begin: Math.max(1, source?.line ?? 1) } };
}

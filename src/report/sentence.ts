import type {
  AcknowledgementReport,
  CheckReport,
  Finding,
  PlanReport,
  SettingsChange,
  SettingsReport,
  Verdict,
  WaiverReport,
} from "../core/check-report";

/** A finding's status, with the same name in every format. */
export type FindingStatus = "denied" | "not proven" | "warning" | "waived";

export function findingStatus(finding: Finding): FindingStatus {
  if (finding.waived) return "waived";
  if (finding.level === "warn") return "warning";
  return finding.outcome === "undetermined" ? "not proven" : "denied";
}

/** The displayed name of a plan. */
export function planName({ source }: PlanReport): string {
  return source === "-" ? "stdin" : source;
}

/** Whether a finding refuses its plan. */
export function refuses(finding: Finding): boolean {
  return finding.level === "deny" && !finding.waived;
}

/** The reason for a plan's verdict, e.g. `refused by 1 finding; 2 bindings proven`. */
export function reasonOf(plan: PlanReport): string {
  if (plan.error !== undefined) return plan.error.code;
  const findings = plan.findings ?? [];
  const refusing = findings.filter(refuses).length;
  const warnings = findings.filter((finding) => findingStatus(finding) === "warning").length;
  const waived = findings.filter((finding) => finding.waived).length;
  return [
    ...(refusing === 0 ? [] : [`refused by ${counted(refusing, "finding")}`]),
    ...(warnings === 0 ? [] : [counted(warnings, "warning")]),
    ...(waived === 0 ? [] : [`${waived} waived`]),
    plan.bindings === 0 ? "no bindings proven" : `${counted(plan.bindings, "binding")} proven`,
  ].join("; ");
}

/** The reason for the whole check's verdict. */
export function reasonOfAll({ plans }: CheckReport): string {
  if (plans.length === 1) return reasonOf(plans[0]!);
  const of = (verdict: Verdict): string[] => {
    const count = plans.filter((plan) => plan.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  };
  const parts = [...of("allowed"), ...of("denied"), ...of("error")];
  return `${counted(plans.length, "plan")}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
}

/** The last line of every human-readable report. */
export function verdictLine(report: CheckReport): string {
  return `Verdict: ${report.verdict} (${reasonOfAll(report)})`;
}

/** Waivers that need attention, in one sentence; a used one is not mentioned. */
export function waiverSentence(waiver: WaiverReport): string {
  const what = `The waiver of ${waiver.rule} for ${waiver.address}`;
  const who = `owner ${waiver.owner}, ${waiver.at}`;
  if (waiver.state === "expired") return `${what} expired after ${waiver.expires} and lifts nothing (${who}).`;
  if (waiver.state === "unused") return `${what} lifts nothing; it can be removed (${who}).`;
  return `${what} is in use until ${waiver.expires} (${who}): ${waiver.reason}`;
}

/** The state of an acknowledgement, in one sentence. */
export function acknowledgementSentence(one: AcknowledgementReport): string {
  const what = `The acknowledgement of ${one.rule} at ${one.construct}`;
  const who = `owner ${one.owner}${one.source === undefined ? "" : `, ${one.source.file}:${one.source.line}`}`;
  if (one.state === "expired") return `${what} expired after ${one.expires} and lifts nothing (${who}).`;
  if (one.state === "unused") return `${what} lifts nothing; it can be removed (${who}).`;
  if (one.state === "not-allowed") {
    return `${what} lifts nothing: anycast.yaml does not let acknowledgements lift this rule (${who}): ${one.reason}`;
  }
  return `${what} is in use until ${one.expires} for ${one.addresses.join(", ")} (${who}): ${one.reason}`;
}

/** The waiver of anycast.yaml, or the acknowledgement at a construct, that lifts a finding. */
export type Lift =
  | { readonly kind: "waiver"; readonly by: WaiverReport }
  | { readonly kind: "acknowledgement"; readonly by: AcknowledgementReport };

/** What lifts a finding; undefined where nothing does, or the report does not name it. */
export function liftOf(finding: Finding, plan: PlanReport, waivers: readonly WaiverReport[]): Lift | undefined {
  if (!finding.waived) return undefined;
  const { rule, address } = finding;
  const waiver = waivers.find((one) => one.state === "used" && one.rule === rule && one.address === address);
  if (waiver !== undefined) return { kind: "waiver", by: waiver };
  const acknowledgement = plan.acknowledgements?.find(
    (one) => one.state === "used" && one.rule === rule && one.addresses.includes(address),
  );
  return acknowledgement === undefined ? undefined : { kind: "acknowledgement", by: acknowledgement };
}

/** Where settings came from that are not the checkout's. */
export function settingsSentence({ from, commit, file }: SettingsReport): string {
  const what = file === undefined ? "the defaults, as there is no anycast.yaml" : `\`${file}\``;
  return `Settings: ${what}, at \`${from}\` (${commit.slice(0, 12)}).`;
}

/** What the checkout changes in the settings; this check did not use it. */
export function settingsChangeSentence({ file, change, details }: SettingsChange): string {
  return `This change ${VERBS[change]} \`${file}\`, which did not count in this check: ${details.join("; ")}.`;
}

const VERBS: Readonly<Record<SettingsChange["change"], string>> = {
  added: "adds",
  changed: "edits",
  removed: "removes",
};

export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

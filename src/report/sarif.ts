import { defined } from "../core/defined";
import { sha256Hex } from "../core/digest";
import type {
  AcknowledgementReport,
  CheckReport,
  Finding,
  PlanReport,
  SettingsChange,
  WaiverReport,
} from "../core/check-report";
import { exitCodeOf } from "../core/check-report";
import { compareTexts } from "../core/compare-texts";
import type { RuleText } from "./rule-text";
import { descriptorOf } from "./sarif-rules";
import { artifactOf, resourceOf, sourceOf } from "./sarif-locations";
import { acknowledgementSentence, liftOf, settingsChangeSentence, waiverSentence } from "./sentence";
import { visibleJson, visibleReport } from "./visible";

export interface SarifOptions {
  /** The prose of the rules. @default only the text of the findings */
  readonly rules?: readonly RuleText[];
  /** Version of this tool. @default left out */
  readonly version?: string;
  /** Absolute URL that the `doc` paths of findings are relative to. @default no help links */
  readonly docsUrl?: string;
}

/**
 * SARIF 2.1.0: one run, whose rules are the gate's, whose results are the findings of all plans. A plan that could
 * not be checked is a notification, and the invocation then counts as failed, as the standard requires.
 */
export function renderSarif(given: CheckReport, options: SarifOptions = {}): string {
  const report = visibleReport(given);
  const rules = rulesOf(report, options);
  const indexes = new Map(rules.map((rule, i) => [rule.id, i]));
  const notifications = [
    ...(report.settings ?? []).flatMap(({ changes }) => changes.map(settingsOf)),
    ...report.plans.flatMap(errorOf),
    ...report.plans.flatMap(({ acknowledgements = [] }) =>
      acknowledgements.filter(({ state }) => state !== "used").map(acknowledgementOf),
    ),
    ...(report.waivers ?? []).filter(({ state }) => state !== "used").map(waiverOf),
  ];
  return visibleJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "anycast",
            ...defined({ semanticVersion: options.version }),
            rules,
          },
        },
        invocations: [
          {
            executionSuccessful: report.verdict !== "error",
            exitCode: exitCodeOf(report.verdict),
            ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
          },
        ],
        artifacts: artifactsOf(report.plans),
        results: report.plans.flatMap((plan) =>
          (plan.findings ?? []).map((finding) => resultOf(finding, plan, indexes.get(finding.rule)!, report)),
        ),
        columnKind: "utf16CodeUnits",
        properties: {
          verdict: report.verdict,
          policy: report.policy.digest,
          plans: report.plans.map(({ source, digest, verdict, bindings }) => ({ source, digest, verdict, bindings })),
        },
      },
    ],
  });
}

/** The gate's rules, and each custom rule with a finding. */
function rulesOf(report: CheckReport, options: SarifOptions): ReturnType<typeof descriptorOf>[] {
  const known = new Map((options.rules ?? []).map((rule) => [rule.id, rule]));
  const found = new Map(report.plans.flatMap((plan) => (plan.findings ?? []).map((one) => [one.rule, one] as const)));
  return [...new Set([...known.keys(), ...found.keys()])]
    .sort(compareTexts)
    .map((id) => descriptorOf(id, known.get(id), found.get(id), options.docsUrl));
}

function resultOf(finding: Finding, plan: PlanReport, ruleIndex: number, report: CheckReport): object {
  const { rule, address, attribute, outcome, source } = finding;
  const physical = source === undefined ? artifactOf(plan.source) : sourceOf(source);
  return {
    ruleId: rule,
    ruleIndex,
    level: finding.level === "deny" ? "error" : "warning",
    message: { text: `${finding.message} Fix: ${finding.fix}` },
    locations: [
      {
        ...defined({ physicalLocation: physical }),
        logicalLocations: [resourceOf(address, finding.construct)],
      },
    ],
    // Recognises the same finding in the next run, even if the value or the line has changed.
    partialFingerprints: { "anycastFinding/v1": fingerprint([plan.source, rule, address, attribute ?? ""]) },
    ...(finding.waived ? { suppressions: [suppressionOf(finding, plan, report)] } : {}),
    properties: { outcome, plan: plan.source, ...defined({ attribute }) },
  };
}

function suppressionOf(finding: Finding, plan: PlanReport, { waivers = [] }: CheckReport): object {
  const lift = liftOf(finding, plan, waivers);
  const status = "accepted";
  if (lift?.kind === "acknowledgement") {
    return { kind: "inSource", status, justification: acknowledgementSentence(lift.by) };
  }
  return {
    kind: "external",
    status,
    ...(lift === undefined ? {} : { justification: waiverSentence(lift.by) }),
  };
}

function errorOf({ source, error }: PlanReport): object[] {
  if (error === undefined) return [];
  const place = error.source;
  const physical =
    place === undefined
      ? artifactOf(source)
      : { artifactLocation: { uri: encodeURI(place.file) }, region: { startLine: place.line } };
  return [
    {
      descriptor: { id: error.code },
      level: "error",
      message: { text: error.message },
      ...(physical === undefined ? {} : { locations: [{ physicalLocation: physical }] }),
    },
  ];
}

function settingsOf(change: SettingsChange): object {
  return {
    descriptor: { id: "SettingsChange" },
    level: "warning",
    message: { text: settingsChangeSentence(change) },
    locations: [{ physicalLocation: artifactOf(change.file) }],
  };
}

function waiverOf(waiver: WaiverReport): object {
  return {
    descriptor: { id: waiver.state === "expired" ? "WaiverExpired" : "WaiverUnused" },
    level: "warning",
    message: { text: waiverSentence(waiver) },
  };
}

const ACKNOWLEDGEMENT_IDS = {
  expired: "AcknowledgementExpired",
  unused: "AcknowledgementUnused",
  "not-allowed": "AcknowledgementNotAllowed",
} as const;

function acknowledgementOf(one: AcknowledgementReport): object {
  return {
    descriptor: { id: ACKNOWLEDGEMENT_IDS[one.state as keyof typeof ACKNOWLEDGEMENT_IDS] },
    level: "warning",
    message: { text: acknowledgementSentence(one) },
    ...(one.source === undefined ? {} : { locations: [{ physicalLocation: sourceOf(one.source) }] }),
  };
}

/** Each plan file once, though it may have been given twice. */
function artifactsOf(plans: readonly PlanReport[]): object[] {
  return [...new Map(plans.filter(({ source }) => source !== "-").map((plan) => [plan.source, plan])).values()].map(
    planArtifact,
  );
}

function planArtifact({ source, digest }: PlanReport): object {
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  return {
    location: artifactOf(source)?.artifactLocation,
    roles: ["analysisTarget"],
    ...(sha256 === undefined ? {} : { hashes: { "sha-256": sha256 } }),
  };
}

function fingerprint(parts: readonly string[]): string {
  return sha256Hex(JSON.stringify(parts));
}

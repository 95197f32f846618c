import { defined } from "../core/defined";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { AcknowledgementReport, Finding, PlanReport } from "../core/check-report";
import { isDay } from "../core/day";
import { AnycastError } from "../core/errors";
import { isRecord } from "../core/is-record";
import type { Manifest } from "../terraform/project/manifest";
import { manifestPath, readManifest } from "../terraform/project/manifest";
import { verdictOf } from "./plan-report";
import { lineOf } from "./source-lines";

/** What a construct of a stack acknowledges, as the manifest keeps it. */
export type Acknowledged = Omit<AcknowledgementReport, "state" | "addresses">;

/** Which acknowledgements count, and on which day. */
export interface AcknowledgementRules {
  /** Rules whose findings a construct's acknowledgement may lift. */
  readonly allowed: ReadonlySet<string>;
  /** YYYY-MM-DD in UTC. */
  readonly today: string;
}

/** How the annotation begins that `Policies.of(construct).acknowledge` leaves (src/constructs/policies/acknowledge.ts). */
const ACKNOWLEDGED = "anycast acknowledgement ";

/**
 * What the constructs of a synthesised stack acknowledge, from the manifest of the synthesis.
 * @param directory of the stack. @default there is none: nothing is acknowledged
 * @throws AnycastError `AcknowledgementInvalid`
 */
export function acknowledgedIn(directory: string | undefined): readonly Acknowledged[] {
  const place = directory === undefined ? undefined : resolve(directory);
  const manifest = place === undefined ? undefined : manifestOf(place);
  const stack = manifest?.stacks.find((one) => one.directory === place);
  if (manifest === undefined || stack === undefined) return [];
  const found = manifest.annotations
    .filter(
      ({ stack: name, level, message }) => name === stack.name && level === "info" && message.startsWith(ACKNOWLEDGED),
    )
    .map(({ construct, message }) => readOne(construct, message.slice(ACKNOWLEDGED.length)));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** The manifest is two directories above a stack. One that cannot be read acknowledges nothing: no finding is lifted. */
function manifestOf(directory: string): Manifest | undefined {
  const outdir = dirname(dirname(directory));
  if (!existsSync(manifestPath(outdir))) return undefined;
  try {
    return readManifest(outdir);
  } catch (thrown) {
    if (thrown instanceof AnycastError && thrown.code === "SynthesisInvalid") return undefined;
    throw thrown;
  }
}

function readOne(construct: string, text: string): Acknowledged {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { rule, reason, owner, expires, at } = isRecord(value) ? value : {};
  const sound = [rule, reason, owner].every((one) => typeof one === "string" && one.trim() !== "") && isDay(expires);
  if (!sound) {
    throw new AnycastError(
      "AcknowledgementInvalid",
      `The acknowledgement at the construct ${construct} cannot be read. Fix: make it with Policies.of(construct).acknowledge, and synthesise again.`,
    );
  }
  const source = lineOf(at);
  return {
    rule: rule as string,
    construct,
    owner: owner as string,
    reason: reason as string,
    expires: expires as string,
    ...defined({ source }),
  };
}

/** Lifts what is acknowledged and may be lifted, and adds the state of every acknowledgement to the report. */
export function withAcknowledgements(
  report: PlanReport,
  acknowledged: readonly Acknowledged[],
  { allowed, today }: AcknowledgementRules,
): PlanReport {
  const { findings } = report;
  if (acknowledged.length === 0 || findings === undefined) return report;
  const holds = (one: Acknowledged): boolean => one.expires >= today;
  const lifted = findings.map((finding) =>
    !finding.waived && allowed.has(finding.rule) && acknowledged.some((one) => holds(one) && isAbout(one, finding))
      ? { ...finding, waived: true }
      : finding,
  );
  const reported = acknowledged.map((one): AcknowledgementReport => {
    // A finding that a waiver of anycast.yaml lifts needs no acknowledgement.
    const about = findings.filter((finding) => !finding.waived && isAbout(one, finding));
    const state = !holds(one)
      ? "expired"
      : about.length === 0
        ? "unused"
        : allowed.has(one.rule)
          ? "used"
          : "not-allowed";
    const { rule, construct, ...rest } = one;
    return { state, rule, construct, addresses: [...new Set(about.map(({ address }) => address))], ...rest };
  });
  return { ...report, verdict: verdictOf(lifted), findings: lifted, acknowledgements: reported };
}

/** An acknowledgement covers what is declared at its construct and below, never the plan as a whole. */
function isAbout({ rule, construct }: Acknowledged, finding: Finding): boolean {
  const path = finding.construct;
  return (
    finding.rule === rule &&
    finding.address !== "" &&
    path !== undefined &&
    (path === construct || path.startsWith(`${construct}/`))
  );
}

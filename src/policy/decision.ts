import { AnycastError } from "../core/errors";
import type { Evidence, Level, Outcome } from "../core/check-report";

/** A finding as the policy returns it. */
export interface PolicyFinding {
  readonly rule: string;
  readonly outcome: Outcome;
  readonly level: Level;
  readonly waived: boolean;
  readonly address: string;
  readonly attribute: string;
  readonly message: string;
  readonly fix: string;
}

/** What the policy's entrypoint returns for one plan. */
export interface Decision {
  readonly rules: readonly string[];
  /** Bindings that will exist, as the policy counted them. */
  readonly attachments: number;
  readonly findings: readonly PolicyFinding[];
  readonly evidence: readonly Evidence[];
  /** Indexes into the settings' waivers that lifted a finding. */
  readonly waivers: readonly number[];
}

const TEXTS = ["rule", "address", "attribute", "message", "fix"] as const;

/**
 * Proves that what the policy returned is a decision; anything else is no decision at all.
 * @throws AnycastError `PolicyUndefined`
 */
export function readDecision(value: Record<string, unknown>): Decision {
  const { rules, attachments, findings, evidence, waivers } = value;
  const sound =
    isListOf(rules, isText) &&
    rules.length > 0 &&
    Number.isSafeInteger(attachments) &&
    isListOf(findings, isFinding) &&
    isListOf(evidence, isEvidence) &&
    isListOf(waivers, Number.isSafeInteger);
  if (!sound) throw new AnycastError("PolicyUndefined", "The policy's answer is not a decision. Nothing was decided.");
  return value as unknown as Decision;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.every(isItem);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isFinding(value: unknown): boolean {
  const finding = value as Partial<Record<string, unknown>> | null;
  return (
    typeof finding === "object" &&
    finding !== null &&
    TEXTS.every((name) => isText(finding[name])) &&
    (finding.outcome === "violation" || finding.outcome === "undetermined") &&
    (finding.level === "deny" || finding.level === "warn") &&
    typeof finding.waived === "boolean"
  );
}

function isEvidence(value: unknown): boolean {
  const evidence = value as Partial<Record<string, unknown>> | null;
  return (
    typeof evidence === "object" &&
    evidence !== null &&
    isText(evidence.address) &&
    isText(evidence.region) &&
    Array.isArray(evidence.targets) &&
    evidence.targets.length > 0
  );
}

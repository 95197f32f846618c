import { compareTexts } from "../core/compare-texts";
import type { Evidence, Finding, PlanReport } from "../core/check-report";
import { refuses } from "./sentence";

/** Everything a report says about one resource. */
export interface ResourceGroup {
  /** `""` for the plan as a whole. */
  readonly address: string;
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
}

/** The resources of a plan by address, and those that refuse it last: next to the verdict, where they are seen first. */
export function groupsOf(plan: PlanReport): ResourceGroup[] {
  const groups = new Map<string, { address: string; findings: Finding[]; evidence: Evidence[] }>();
  const groupOf = (address: string): { findings: Finding[]; evidence: Evidence[] } => {
    const known = groups.get(address);
    if (known !== undefined) return known;
    const group = { address, findings: [], evidence: [] };
    groups.set(address, group);
    return group;
  };
  for (const one of plan.evidence ?? []) groupOf(one.address).evidence.push(one);
  for (const one of plan.findings ?? []) groupOf(one.address).findings.push(one);
  return [...groups.values()].sort((a, b) => weight(a) - weight(b) || compareTexts(a.address, b.address));
}

function weight({ findings }: ResourceGroup): number {
  return findings.length === 0 ? 0 : findings.some(refuses) ? 2 : 1;
}

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
  return [...groups.values()].sort((a, b) => weight(a) - weight(b) || compare(a.address, b.address));
}

function weight({ findings }: ResourceGroup): number {
  return findings.length === 0 ? 0 : findings.some(refuses) ? 2 : 1;
}

/** By code unit, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

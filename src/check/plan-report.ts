import { compareTexts } from "../core/compare-texts";
import { defined } from "../core/defined";
import type { Evidence, Finding, PlanReport, Verdict } from "../core/check-report";
import type { Decision, PolicyBundle, PolicyFinding } from "../policy";

/** The report of one plan, from the policy's decision: sorted, without duplicates, with the verdict. */
export function reportOf(
  source: string,
  digest: string,
  decision: Decision,
  added: readonly PolicyFinding[],
  bundle: PolicyBundle,
): PlanReport {
  const findings = unique([...decision.findings, ...added].map((finding) => findingOf(finding, bundle)).sort(byPlace));
  const evidence = [...decision.evidence].sort((a, b) => compareTexts(a.address, b.address)).map(sortTargets);
  return { source, digest, verdict: verdictOf(findings), bindings: evidence.length, findings, evidence };
}

/** The verdict that follows from findings. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  return findings.some((finding) => finding.level === "deny" && !finding.waived) ? "denied" : "allowed";
}

function findingOf(finding: PolicyFinding, bundle: PolicyBundle): Finding {
  return {
    rule: finding.rule,
    outcome: finding.outcome,
    level: finding.level,
    waived: finding.waived,
    address: finding.address,
    attribute: finding.attribute,
    message: finding.message,
    fix: finding.fix,
    doc: bundle.rules.some((rule) => rule.id === finding.rule) ? `docs/rules/${finding.rule}.md` : "",
  };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compareTexts(a.address, b.address) ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.attribute ?? "", b.attribute ?? "") ||
    compareTexts(a.message, b.message)
  );
}

function sortTargets(evidence: Evidence): Evidence {
  const targets = [...evidence.targets].sort((a, b) => compareTexts(a.address, b.address) || compareTexts(a.by, b.by));
  return {
    address: evidence.address,
    targets: targets.map(({ address, addresses, via, by, address_type, vswitch, region_from }) => ({
      address,
      ...defined({ addresses }),
      via,
      by,
      address_type,
      vswitch,
      region_from,
    })),
    region: evidence.region,
  };
}

function unique(sorted: readonly Finding[]): Finding[] {
  return sorted.filter((finding, i) => JSON.stringify(finding) !== JSON.stringify(sorted[i - 1]));
}

import type { Decision, PolicyFinding } from "./decision";

/** One decision of two on the same plan, seen from afar and from closer by: what either refuses is refused. */
export function strictest(decision: Decision, closer: Decision): Decision {
  const findings = new Map<string, PolicyFinding>();
  for (const finding of [...decision.findings, ...closer.findings]) findings.set(JSON.stringify(finding), finding);
  const refused = new Set([...findings.values()].filter((one) => one.level === "deny").map((one) => one.address));
  const isProven = (address: string): boolean => !refused.has("") && !refused.has(address);
  return {
    rules: decision.rules.filter((rule) => closer.rules.includes(rule)),
    attachments: closer.attachments,
    findings: [...findings.values()],
    evidence: closer.evidence.filter((one) => isProven(one.address)),
    waivers: [...new Set([...decision.waivers, ...closer.waivers])].sort((a, b) => a - b),
  };
}

import type { Evidence, PlanReport } from "../../src/core/check-report";

/** The proof of each binding that was allowed. */
export function evidenceLines(report: PlanReport): string[] {
  return (report.evidence ?? []).flatMap((one: Evidence) => [
    one.address,
    ...one.targets.flatMap((target) => [
      `  binds to  ${target.address}`,
      `  found by  ${target.via}`,
      `  which is  ${target.address_type}, in vSwitch ${target.vswitch}`,
      `  region    ${one.region}, as ${target.region_from} says`,
    ]),
  ]);
}

/** What blocks: rule, resource, value and fix of each finding. */
export function findingLines(report: PlanReport): string[] {
  const blocking = (report.findings ?? []).filter((one) => one.level === "deny" && !one.waived);
  return blocking.flatMap((one, at) => [
    ...(at === 0 ? [] : [""]),
    `rule      ${one.rule} (${one.outcome})`,
    `resource  ${one.address}`,
    `value     ${one.message}`,
    `fix       ${one.fix}`,
  ]);
}

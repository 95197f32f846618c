import type { CheckReport } from "../core/check-report";

/**
 * GitLab's terraform report: how many resources the plans create, update and delete together. Where a plan could not be
 * checked, the numbers are unknown: the report is empty, and GitLab shows that it could not be generated.
 */
export function renderGitlabTerraform({ plans }: CheckReport): string {
  const overviews = plans.map(({ overview, error }) => (error === undefined ? overview : undefined));
  const known = overviews.filter((overview) => overview !== undefined);
  if (plans.length === 0 || known.length < plans.length) return "{}\n";
  const sum = (key: "add" | "change" | "destroy"): number => known.reduce((total, one) => total + one[key], 0);
  return `${JSON.stringify({ create: sum("add"), update: sum("change"), delete: sum("destroy") })}\n`;
}

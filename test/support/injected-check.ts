import { createHash } from "node:crypto";
import type { CheckReport, Finding, Verdict } from "../../src/core/check-report";
import { worstOf } from "../../src/core/check-report";
import type { Checker } from "../../src/check/checker";

/** A gate for tests of the pipeline: "forbidden" anywhere in a plan is denied, "uncheckable" is an error. */
export const injectedCheck: Checker = async (sources) => {
  const plans = sources.map((source) => {
    const json = Buffer.from(source.json!).toString("utf8");
    const verdict: Verdict = json.includes("uncheckable") ? "error" : json.includes("forbidden") ? "denied" : "allowed";
    const finding: Finding = {
      rule: "test/forbidden",
      outcome: "violation",
      level: "deny",
      waived: false,
      address: "terraform_data.it",
      message: "Do you want to perform these actions with a forbidden value? Enter a value: var.x",
      fix: "use another value",
      doc: "docs/rules/test/forbidden.md",
    };
    const digest = `sha256:${createHash("sha256").update(json).digest("hex")}`;
    const base = { source: source.name, digest, verdict, bindings: 0 };
    return verdict === "error"
      ? { ...base, error: { code: "PlanNotReadable", message: "uncheckable" } }
      : { ...base, findings: verdict === "denied" ? [finding] : [] };
  });
  const report: CheckReport = {
    version: 1,
    verdict: worstOf(plans.map((plan) => plan.verdict)),
    policy: { digest: "sha256:0", rules: 1 },
    plans,
  };
  return report;
};

export const injectedRender = (report: CheckReport): string =>
  report.plans
    .flatMap((plan) => plan.findings ?? [])
    .map((finding) => `${finding.rule} ${finding.address}: ${finding.message}`)
    .join("\n");

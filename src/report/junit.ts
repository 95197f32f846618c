import { defined } from "../core/defined";
import type { CheckReport, Finding, PlanReport } from "../core/check-report";
import { groupsOf } from "./groups";
import { acknowledgementSentence, planName, reasonOf, refuses, findingStatus, waiverSentence } from "./sentence";
import { targetText } from "./text";
import { visibleReport } from "./visible";
import { xmlAttributes, xmlText } from "./xml";

type Result = "passed" | "failed" | "error" | "skipped";

interface Case {
  readonly rule: string;
  readonly name: string;
  readonly result: Result;
  /** Kind of failure, error or nothing. */
  readonly type?: string;
  readonly text: string;
  readonly source?: Finding["source"];
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/**
 * JUnit XML: a suite per plan, a case per rule and resource. Findings that refuse the plan fail, waived ones are skipped,
 * warnings pass with the reason in their output, and a plan that could not be checked is an error. There are no times:
 * the same plan gives the same bytes.
 */
export function renderJunit(given: CheckReport): string {
  const report = visibleReport(given);
  const suites = [
    ...report.plans.flatMap((plan) => [suiteOf(plan), ...acknowledgementSuite(plan)]),
    ...waiverSuite(report),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: "anycast check", ...countsOf(all) })}>`,
    ...suites.flatMap(suiteLines),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteOf(plan: PlanReport): Suite {
  if (plan.error !== undefined) {
    const { code, message } = plan.error;
    return {
      name: planName(plan),
      cases: [{ rule: "plan", name: "check", result: "error", type: code, text: message }],
    };
  }
  const cases = groupsOf(plan).flatMap(({ address, evidence, findings }) => {
    const name = address === "" ? "the plan as a whole" : address;
    const proofs = evidence.map((one): Case => {
      const text = [`region ${one.region}`, ...one.targets.map(targetText)].join("\n");
      return { rule: "binding/proven", name, result: "passed", text };
    });
    return [...proofs, ...casesOf(findings, name)];
  });
  if (cases.length > 0) return { name: planName(plan), cases };
  // Many tools treat a suite without cases as broken; this case says that nothing was found.
  return { name: planName(plan), cases: [{ rule: "plan", name: "check", result: "passed", text: reasonOf(plan) }] };
}

/** One case per rule: a rule with two findings about a resource fails once, with both in its text. */
function casesOf(findings: readonly Finding[], name: string): Case[] {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), finding]);
  return [...rules].map(([rule, found]): Case => {
    const refusing = found.filter(refuses);
    const warned = found.some((finding) => findingStatus(finding) === "warning");
    const source = found.find((finding) => finding.source !== undefined)?.source;
    return {
      rule,
      name,
      result: refusing.length > 0 ? "failed" : warned ? "passed" : "skipped",
      ...(refusing.length > 0 ? { type: refusing[0]!.outcome } : {}),
      text: found.map((one) => `${findingStatus(one)}: ${one.message}\nFix: ${one.fix}`).join("\n\n"),
      ...defined({ source }),
    };
  });
}

function acknowledgementSuite(plan: PlanReport): Suite[] {
  const { acknowledgements = [] } = plan;
  if (acknowledgements.length === 0) return [];
  const cases = acknowledgements.map((one): Case => {
    const text = `${one.state}: ${acknowledgementSentence(one)}`;
    const place = one.source === undefined ? {} : { source: one.source };
    return { rule: one.rule, name: one.construct, result: "passed", text, ...place };
  });
  return [{ name: `${planName(plan)}: acknowledgements`, cases }];
}

function waiverSuite({ waivers }: CheckReport): Suite[] {
  if (waivers === undefined || waivers.length === 0) return [];
  const cases = waivers.map((waiver): Case => {
    const name = `${waiver.address} (${waiver.at})`;
    return { rule: waiver.rule, name, result: "passed", text: `${waiver.state}: ${waiverSentence(waiver)}` };
  });
  return [{ name: "waivers", cases }];
}

function countsOf(cases: readonly Case[]): Record<string, number> {
  const of = (result: Result): number => cases.filter((one) => one.result === result).length;
  return { tests: cases.length, failures: of("failed"), errors: of("error"), skipped: of("skipped") };
}

function suiteLines({ name, cases }: Suite): string[] {
  return [`  <testsuite${xmlAttributes({ name, ...countsOf(cases) })}>`, ...cases.flatMap(caseLines), "  </testsuite>"];
}

function caseLines({ rule, name, result, type, text, source }: Case): string[] {
  const first = text.split("\n", 1)[0]!;
  const head = xmlAttributes({ classname: rule, name, file: source?.file, line: source?.line });
  const body =
    result === "failed"
      ? `<failure${xmlAttributes({ message: first, type })}>${xmlText(text)}</failure>`
      : result === "error"
        ? `<error${xmlAttributes({ message: first, type })}>${xmlText(text)}</error>`
        : result === "skipped"
          ? `<skipped${xmlAttributes({ message: first })}/>`
          : `<system-out>${xmlText(text)}</system-out>`;
  return [`    <testcase${head}>`, `      ${body}`, "    </testcase>"];
}

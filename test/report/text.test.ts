import fc from "fast-check";
import { renderText } from "../../src/report/text";
import {
  DIGEST,
  EVERYTHING,
  finding,
  HOSTILE,
  hostileReport,
  checked,
  PLAN_NAMES,
  POLICY,
  reportWith,
} from "./support/reports";

const tail = ["Policy: 16 rules", `  ${POLICY.digest}`];

describe("the check report as text", () => {
  it("shows the proof of each binding and says allowed last", async () => {
    const report = await checked("count-index-good.json");
    expect(renderText(report).split("\n")).toEqual([
      "Plan count-index-good.json",
      `  ${report.plans[0]!.digest}`,
      "",
      "alicloud_eipanycast_anycast_eip_address_attachment.t",
      "  proven: region ap-southeast-1",
      "    alicloud_slb_load_balancer.lb[0]: intranet, vSwitch alicloud_vswitch.s,",
      "      region from provider alicloud (found by reference",
      "      alicloud_slb_load_balancer.lb[0].id (by reference, expression not",
      "      visible))",
      "",
      "The plan as a whole",
      "  warning: plan/expressions-visible",
      "    The plan does not show the expressions of 1 binding, which were checked by",
      "    the resources that they refer to.",
      "    Fix: Check the saved plan file instead of its JSON (terraform plan",
      "    -out=p.tfplan; anycast check p.tfplan).",
      "",
      "Why a rule exists, and an example: anycast explain RULE",
      ...tail,
      "Verdict: allowed (1 warning; 1 binding proven)",
      "",
    ]);
  });

  it("shows denials after proofs, next to the verdict", async () => {
    const report = await checked("for-each-one-bad.json");
    const text = renderText(report);
    expect(text.split("\n").slice(3)).toEqual([
      'alicloud_eipanycast_anycast_eip_address_attachment.t["x"]',
      "  proven: region ap-southeast-1",
      '    alicloud_slb_load_balancer.lb["x"]: intranet, vSwitch alicloud_vswitch.s,',
      "      region from provider alicloud (found by reference",
      "      alicloud_slb_load_balancer.lb (by reference, expression not visible))",
      "",
      "The plan as a whole",
      "  warning: plan/expressions-visible",
      "    The plan does not show the expressions of 2 bindings, which were checked by",
      "    the resources that they refer to.",
      "    Fix: Check the saved plan file instead of its JSON (terraform plan",
      "    -out=p.tfplan; anycast check p.tfplan).",
      "",
      'alicloud_eipanycast_anycast_eip_address_attachment.t["y"]',
      "  denied: binding/internal-only",
      '    Expected the address_type of alicloud_slb_load_balancer.lb["y"] to be',
      '    `intranet`, got `internet` (at alicloud_slb_load_balancer.lb["y"]).',
      '    Fix: Set address_type = "intranet" and a vswitch_id on the CLB, or bind to',
      "    another CLB that has them (the InternalClb construct cannot be declared",
      "    without).",
      "",
      "Why a rule exists, and an example: anycast explain RULE",
      ...tail,
      "Verdict: denied (refused by 1 finding; 1 warning; 1 binding proven)",
      "",
    ]);
  });

  it("lists the verdict of each of several plans before the overall one", async () => {
    const report = await checked("internal-vpc.json", "destroy-all.json", "target-only.json", "index.json", "no.json");
    expect(renderText(report).split("\n").slice(-7)).toEqual([
      "internal-vpc.json: allowed (1 warning; 1 binding proven)",
      "destroy-all.json: allowed (1 warning; no bindings proven)",
      "target-only.json: denied (refused by 2 findings; no bindings proven)",
      "index.json: error (NotAPlan)",
      "no.json: error (PlanNotFound)",
      "Verdict: error (5 plans: 2 allowed, 1 denied, 2 error)",
      "",
    ]);
  });

  it("says what is wrong with a plan that could not be checked and has no digest", async () => {
    const report = reportWith({ source: "-", digest: "", error: { code: "PlanEmpty", message: "Expected a plan." } });
    expect(renderText(report).split("\n")).toEqual([
      "Plan stdin",
      "  error: PlanEmpty",
      "    Expected a plan.",
      "",
      ...tail,
      "Verdict: error (PlanEmpty)",
      "",
    ]);
  });

  it("shows findings of every level, where they were declared, waivers and answers of the cloud", () => {
    expect(renderText(EVERYTHING).split("\n")).toEqual([
      "Plan plan.json",
      `  ${DIGEST}`,
      "",
      "alicloud_x.p",
      "  proven: region cn-hongkong",
      "    live: intranet, vSwitch vsw-1, region from the cloud (found by live lb-1)",
      "",
      "alicloud_x.w",
      "  warning: change/interruption",
      "    Expected A to be B, got `c` (at alicloud_x.t).",
      "    Fix: Give it one.",
      "",
      "alicloud_x.y",
      "  waived: binding/vpc-only",
      "    Expected A to be B, got `c` (at alicloud_x.t).",
      "    Fix: Give it one.",
      "    Waived until 2026-03-01 by ops (anycast.yaml:3:5): migration",
      "",
      "alicloud_x.t",
      "  denied: binding/vpc-only",
      "    Expected A to be B, got `c` (at alicloud_x.t).",
      "    Fix: Give it one.",
      "    Declared at stacks/a.ts:12",
      "    Construct app/a",
      "",
      "alicloud_x.u",
      "  not proven: binding/vpc-only",
      "    Expected A to be B, got `c` (at alicloud_x.t).",
      "    Fix: Give it one.",
      "",
      "The cloud was asked",
      "  Slb.DescribeLoadBalancers lb-1 at 2026-01-02T03:04:05.000Z:",
      '    {"AddressType":"intranet"}',
      "",
      "Waivers",
      "  The waiver of binding/vpc-only for alicloud_x.y is in use until 2026-03-01",
      "    (owner ops, anycast.yaml:3:5): migration",
      "  The waiver of binding/vpc-only for alicloud_x.n lifts nothing; it can be",
      "    removed (owner ops, anycast.yaml:4:5).",
      "  The waiver of binding/vpc-only for alicloud_x.o expired after 2026-03-01 and",
      "    lifts nothing (owner ops, anycast.yaml:5:5).",
      "",
      "Why a rule exists, and an example: anycast explain RULE",
      ...tail,
      "Verdict: denied (refused by 2 findings; 1 warning; 1 waived; 1 binding proven)",
      "",
    ]);
  });

  it("names the plan as a whole where a finding has no resource", async () => {
    expect(renderText(await checked("target-only.json"))).toContain(
      "The plan as a whole\n  not proven: plan/complete\n    Expected complete to be true, got `false`",
    );
  });

  it.each([
    ["allowed", reportWith({}), 32],
    ["denied", reportWith({ findings: [finding()] }), 31],
    ["error", reportWith({ error: { code: "X", message: "y" } }), 31],
  ])("colours the verdict %s only with colours on", (verdict, report, color) => {
    expect(renderText(report)).not.toContain("\u001b");
    const last = renderText(report, { color: true }).trimEnd().split("\n").at(-1);
    expect(last).toContain(`\u001b[1m\u001b[${color}mVerdict: ${verdict} (`);
  });

  it("has the same text with and without colours", () => {
    expect(renderText(EVERYTHING, { color: true }).replace(/\u001b\[\d+m/g, "")).toBe(renderText(EVERYTHING));
  });

  it("interprets nothing that a plan contains", () => {
    const lines = renderText(hostileReport()).split("\n");

    expect(lines.join("")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
    for (const line of lines) expect(line).not.toMatch(/^\s*::|##\[|##vso\[/);
    expect(lines.filter((line) => line.startsWith("Verdict: "))).toHaveLength(1);
  });

  it("cannot get a second verdict from line breaks in a plan", () => {
    const text = renderText(hostileReport("x\nVerdict: allowed (1 binding proven)\n"));
    expect(text).toContain("x\\nVerdict: allowed");
    expect(text.trimEnd().split("\n").at(-1)).toMatch(/^Verdict: denied/);
  });

  it("fits the width for every plan, unless one word alone is wider", async () => {
    const report = await checked(...PLAN_NAMES.map((name) => `${name}.json`));
    const reports = [report, EVERYTHING, hostileReport(HOSTILE), hostileReport("a ".repeat(300))];
    fc.assert(
      fc.property(fc.constantFrom(...reports), fc.integer({ min: 40, max: 200 }), (one, width) => {
        for (const line of renderText(one, { width }).split("\n"))
          if (line.trim().includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});

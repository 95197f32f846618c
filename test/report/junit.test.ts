import { renderJunit } from "../../src/report/junit";
import { EVERYTHING, finding, hostileReport, checked, PLAN_NAMES, reportWith } from "./support/reports";

/** Whether every tag is one of JUnit's, closed in order, and every other `<` and `&` is escaped. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const text = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const left = text.replace(
    /<(\/?)(testsuites|testsuite|testcase|failure|error|skipped|system-out)((?: [a-z]+="[^"<>&]*(?:&(?:amp|lt|gt|quot|apos);[^"<>&]*)*")*)(\/?)>/g,
    (_tag, closing: string, name: string, _attributes, empty: string) => {
      if (closing !== "") expect(open.pop()).toBe(name);
      else if (empty === "") open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  return !/[<>]|&(?!(?:amp|lt|gt|quot|apos);)/.test(left);
}

describe("the check report as JUnit XML", () => {
  it("has a suite per plan and a case per rule and resource", async () => {
    const report = await checked("for-each-one-bad.json", "index.json");
    expect(renderJunit(report)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="anycast check" tests="4" failures="1" errors="1" skipped="0">',
        '  <testsuite name="for-each-one-bad.json" tests="3" failures="1" errors="0" skipped="0">',
        '    <testcase classname="binding/proven" name="alicloud_eipanycast_anycast_eip_address_attachment.t[&quot;x&quot;]">',
        "      <system-out>region ap-southeast-1",
        "alicloud_slb_load_balancer.lb[&quot;x&quot;]: intranet, vSwitch alicloud_vswitch.s, region from provider alicloud (found by reference alicloud_slb_load_balancer.lb (by reference, expression not visible))</system-out>",
        "    </testcase>",
        '    <testcase classname="plan/expressions-visible" name="the plan as a whole">',
        "      <system-out>warning: The plan does not show the expressions of 2 bindings, which were checked by the resources that they refer to.",
        "Fix: Check the saved plan file instead of its JSON (terraform plan -out=p.tfplan; anycast check p.tfplan).</system-out>",
        "    </testcase>",
        '    <testcase classname="binding/internal-only" name="alicloud_eipanycast_anycast_eip_address_attachment.t[&quot;y&quot;]">',
        '      <failure message="denied: Expected the address_type of alicloud_slb_load_balancer.lb[&quot;y&quot;] to be `intranet`, got `internet` (at alicloud_slb_load_balancer.lb[&quot;y&quot;])." type="violation">denied: Expected the address_type of alicloud_slb_load_balancer.lb[&quot;y&quot;] to be `intranet`, got `internet` (at alicloud_slb_load_balancer.lb[&quot;y&quot;]).',
        "Fix: Set address_type = &quot;intranet&quot; and a vswitch_id on the CLB, or bind to another CLB that has them (the InternalClb construct cannot be declared without).</failure>",
        "    </testcase>",
        "  </testsuite>",
        '  <testsuite name="index.json" tests="1" failures="0" errors="1" skipped="0">',
        '    <testcase classname="plan" name="check">',
        '      <error message="Expected the document to be a Terraform plan in JSON, got `a list` (at index.json). Fix: make the plan with `terraform plan -out=plan.tfplan` and pass that file, or the output of `terraform show -json plan.tfplan`." type="NotAPlan">Expected the document to be a Terraform plan in JSON, got `a list` (at index.json). Fix: make the plan with `terraform plan -out=plan.tfplan` and pass that file, or the output of `terraform show -json plan.tfplan`.</error>',
        "    </testcase>",
        "  </testsuite>",
        "</testsuites>",
        "",
      ].join("\n"),
    );
  });

  it("fails denials, passes warnings with their text, skips waived findings, and lists waivers", () => {
    const xml = renderJunit(EVERYTHING);
    expect(xml).toContain('<testsuites name="anycast check" tests="8" failures="2" errors="0" skipped="1">');
    expect(xml).toContain(
      'classname="binding/vpc-only" name="alicloud_x.t" file="stacks/a.ts" line="12">\n      <failure',
    );
    expect(xml).toContain(
      '<failure message="not proven: Expected A to be B, got `c` (at alicloud_x.t)." type="undetermined">',
    );
    expect(xml).toContain('name="alicloud_x.w">\n      <system-out>warning: Expected A');
    expect(xml).toContain('name="alicloud_x.y">\n      <skipped message="waived: Expected A');
    expect(xml).toContain('<testsuite name="waivers" tests="3" failures="0" errors="0" skipped="0">');
    expect(xml).toContain(
      "<system-out>expired: The waiver of binding/vpc-only for alicloud_x.o expired after 2026-03-01",
    );
  });

  it("fails once where a rule has two findings for a resource, one of them waived", () => {
    const both = [finding({ message: "One." }), finding({ message: "Two.", waived: true })];
    const xml = renderJunit(reportWith({ findings: both }));
    expect(xml).toContain('tests="1" failures="1"');
    expect(xml).toContain("denied: One.\nFix: Give it one.\n\nwaived: Two.\nFix: Give it one.</failure>");
  });

  it("has a case even where there is nothing to check, because many tools reject an empty suite", () => {
    expect(renderJunit(reportWith({}))).toContain(
      '<testcase classname="plan" name="check">\n      <system-out>no bindings proven</system-out>',
    );
  });

  it("is well-formed for every plan and with hostile texts", async () => {
    const report = await checked(...PLAN_NAMES.map((name) => `${name}.json`));
    for (const one of [report, EVERYTHING, hostileReport(), hostileReport("]]><![CDATA[\"'&amp;</failure>")])
      expect(wellFormed(renderJunit(one))).toBe(true);
  });
});

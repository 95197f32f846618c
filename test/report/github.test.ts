import fc from "fast-check";
import { renderGithub } from "../../src/report/github";
import { EVERYTHING, finding, hostileReport, checked, reportWith } from "./support/reports";

const COMMAND = /^::(error|warning|notice) ((?:[a-z]+=[^:,\r\n]*)(?:,[a-z]+=[^:,\r\n]*)*)::(.*)$/;

const unescaped = (text: string): string =>
  text.replace(/%(25|0D|0A|3A|2C)/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));

describe("the check report as GitHub annotations", () => {
  it("annotates what refuses the plan, with the fix, and ends with the verdict", async () => {
    expect(renderGithub(await checked("internet-facing.json"))).toBe(
      "::error title=denied%3A binding/internal-only::Expected the address_type of alicloud_slb_load_balancer.lb to be " +
        '`intranet`, got `internet` (at alicloud_slb_load_balancer.lb).%0AFix: Set address_type = "intranet" and a ' +
        "vswitch_id on the CLB, or bind to another CLB that has them (the InternalClb construct cannot be declared " +
        "without).%0AResource: alicloud_eipanycast_anycast_eip_address_attachment.t in internet-facing.json\n" +
        "::warning title=warning%3A plan/expressions-visible::The plan does not show the expressions of 1 binding, which were " +
        "checked by the resources that they refer to.%0AFix: Check the saved plan file instead of its JSON (terraform plan " +
        "-out=p.tfplan; anycast check p.tfplan).%0AResource: internet-facing.json\n" +
        "Verdict: denied (refused by 1 finding; 1 warning; no bindings proven)\n",
    );
  });

  it("gives file and line, puts the worst first, and lists waivers that need attention", () => {
    const rest = "Expected A to be B, got `c` (at alicloud_x.t).%0AFix: Give it one.%0AResource: alicloud_x";
    expect(renderGithub(EVERYTHING).split("\n")).toEqual([
      `::error file=stacks/a.ts,line=12,title=denied%3A binding/vpc-only::${rest}.t in plan.json`,
      `::error title=not proven%3A binding/vpc-only::${rest}.u in plan.json`,
      `::warning title=warning%3A change/interruption::${rest}.w in plan.json`,
      `::notice title=waived%3A binding/vpc-only::${rest}.y in plan.json`,
      "::warning file=anycast.yaml,line=4,title=unused waiver::The waiver of binding/vpc-only for alicloud_x.n lifts nothing; it can be removed (owner ops, anycast.yaml:4:5).",
      "::warning file=anycast.yaml,line=5,title=expired waiver::The waiver of binding/vpc-only for alicloud_x.o expired after 2026-03-01 and lifts nothing (owner ops, anycast.yaml:5:5).",
      "Verdict: denied (refused by 2 findings; 1 warning; 1 waived; 1 binding proven)",
      "",
    ]);
  });

  it.each([
    [
      "a plan that could not be checked",
      reportWith({ source: "a,b:c.json", error: { code: "PlanEmpty", message: "100 % wrong." } }),
      "::error title=a%2Cb%3Ac.json%3A PlanEmpty::100 %25 wrong.\nVerdict: error (PlanEmpty)\n",
    ],
    ["a report without findings", reportWith({}), "Verdict: allowed (no bindings proven)\n"],
  ])("reports %s", (_what, report, wanted) => {
    expect(renderGithub(report)).toBe(wanted);
  });

  it("is one command per finding for any text in a plan, and the text is shown unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const lines = renderGithub(hostileReport(text)).trimEnd().split("\n");
        expect(lines).toHaveLength(5);
        for (const line of lines.slice(0, -1)) expect(line).toMatch(COMMAND);
        expect(lines.at(-1)).toMatch(/^Verdict: denied \(/);
      }),
    );
    const [, , , data = ""] = COMMAND.exec(
      renderGithub(reportWith({ findings: [finding({ fix: "50 %, a:b" })] })).split("\n")[0]!,
    )!;
    expect(unescaped(data)).toBe(
      "Expected A to be B, got `c` (at alicloud_x.t).\nFix: 50 %, a:b\nResource: alicloud_x.t in plan.json",
    );
  });
});

import fc from "fast-check";
import { renderMarkdown } from "../../src/report/markdown";
import { mdCode, mdSentence, mdText } from "../../src/report/markdown-text";
import { DIGEST, EVERYTHING, finding, hostileReport, checked, POLICY, reportWith } from "./support/reports";

/** What a reader sees of inline Markdown that holds references and code only. */
function shown(markdown: string): string {
  return markdown
    .replace(/<\/?code>/g, "")
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}

describe("text as Markdown", () => {
  it.each([
    ["a|b", "a&#124;b"],
    ["<b>&amp;", "&#60;b&#62;&#38;amp;"],
    ["*a* _b_ c_d __e__", "&#42;a&#42; &#95;b&#95; c_d &#95;&#95;e&#95;&#95;"],
    ["[l](javascript:x) ![i](u)", "&#91;l&#93;(javascript:x) &#33;&#91;i&#93;(u)"],
    ["`x` \\ ~s~ $m$", "&#96;x&#96; &#92; &#126;s&#126; &#36;m&#36;"],
    ["https://e.example www.e.example", "https&#58;//e.example www&#46;e.example"],
    ["@a #1", "&#64;a &#35;1"],
    ['module.a["x"]: 1.5 %, {y} (z)', 'module.a&#91;"x"&#93;: 1.5 %, {y} (z)'],
  ])("escapes %s so that it is shown literally", (text, markdown) => {
    expect(mdText(text)).toBe(markdown);
  });

  it("shows values in a sentence as code, and characters that would mention a user as code too", () => {
    expect(mdSentence("Expected it, got `a|b` by @me (#1).")).toBe(
      "Expected it, got <code>a&#124;b</code> by <code>&#64;</code>me (<code>&#35;</code>1).",
    );
  });

  it("keeps all of any text and leaves no character that starts markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(shown(mdText(text))).toBe(text);
        expect(mdText(text).replace(/&#\d+;/g, "")).not.toMatch(/[<>&|*`[\]\\~$@#!]|:\/\/|www\./i);
        expect(shown(mdCode(text))).toBe(text);
      }),
    );
  });
});

describe("the check report as Markdown", () => {
  it("is a verdict, a table of plans, and a table of findings with their fix", async () => {
    const report = await checked("internet-facing.json");
    const why = "refused by 1 finding; 1 warning; no bindings proven";
    expect(renderMarkdown(report, { docsUrl: "https://docs.example/(1)/" })).toBe(
      [
        "## Policy check: denied",
        "",
        why,
        "",
        "| Plan | Verdict | Bindings proven | Why | Digest |",
        "| --- | --- | --- | --- | --- |",
        `| <code>internet-facing.json</code> | **denied** | 0 | ${why} | <code>${report.plans[0]!.digest}</code> |`,
        "",
        "### <code>internet-facing.json</code>: denied",
        "",
        "| Finding | Resource | What and how to fix it | Declared |",
        "| --- | --- | --- | --- |",
        "| **denied**<br>[<code>binding/internal-only</code>](https://docs.example/%281%29/docs/rules/binding/internal-only.md) " +
          "| <code>alicloud_eipanycast_anycast_eip_address_attachment.t</code> " +
          "| Expected the address_type of alicloud_slb_load_balancer.lb to be <code>intranet</code>, got " +
          '<code>internet</code> (at alicloud_slb_load_balancer.lb).<br>Fix: Set address_type = "intranet" and a ' +
          "vswitch_id on the CLB, or bind to another CLB that has them (the InternalClb construct cannot be declared without). |  |",
        "| warning<br>[<code>plan/expressions-visible</code>](https://docs.example/%281%29/docs/rules/plan/expressions-visible.md) " +
          "| the plan as a whole | The plan does not show the expressions of 1 binding, which were checked by the resources " +
          "that they refer to.<br>Fix: Check the saved plan file instead of its JSON (terraform plan -out=p.tfplan; " +
          "anycast check p.tfplan). |  |",
        "",
        `Policy <code>${POLICY.digest}</code>, 16 rules. Why a rule exists: <code>anycast explain RULE</code>`,
        "",
        `**Verdict: denied** (${why})`,
        "",
      ].join("\n"),
    );
  });

  it("collapses proofs and answers of the cloud, and lists waivers and source lines", () => {
    const markdown = renderMarkdown(EVERYTHING);
    expect(markdown).toContain(
      "<details><summary>1 binding proven</summary>\n\n| Binding | Region | Proof |\n| --- | --- | --- |\n" +
        "| <code>alicloud_x.p</code> | <code>cn-hongkong</code> | <code>live: intranet, vSwitch vsw-1, region from the cloud (found by live lb-1)</code> |\n\n</details>",
    );
    expect(markdown).toContain(
      '| <code>Slb.DescribeLoadBalancers</code> | <code>lb-1</code> | 2026-01-02T03:04:05.000Z | <code>{"AddressType":"intranet"}</code> |',
    );
    expect(markdown).toContain(
      "| **expired** | The waiver of binding/vpc-only for alicloud_x.o expired after 2026-03-01",
    );
    expect(markdown).toContain("<br>Fix: Give it one. | <code>stacks/a.ts:12</code> |");
    expect(markdown).toMatch(/\| waived<br><code>binding\/vpc-only<\/code> \| <code>alicloud_x\.y<\/code> \|/);
  });

  it("says why a plan could not be checked", () => {
    expect(renderMarkdown(reportWith({ error: { code: "PlanEmpty", message: "Expected `a|b`." } }))).toContain(
      "### <code>plan.json</code>: error\n\n**PlanEmpty**: Expected <code>a&#124;b</code>.\n",
    );
  });

  it("keeps every table intact and passes no HTML tag of a plan through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const markdown = renderMarkdown(hostileReport(text));
        const tables = markdown.split("\n\n").filter((block) => block.startsWith("|"));
        expect(tables.length).toBeGreaterThanOrEqual(4);
        for (const table of tables) {
          const widths = table.split("\n").map((row) => row.split("|").length);
          expect(new Set(widths).size).toBe(1);
        }
        expect(markdown.replace(/<\/?(code|details|summary)>|<br>/g, "")).not.toMatch(/[<>]/);
      }),
    );
    expect(renderMarkdown(hostileReport())).not.toMatch(/<script|https:\/\/evil|www\.evil|@someone/);
  });

  it("fits GitHub's limit for a job summary, counts what is left out, and keeps denials and the verdict", () => {
    const warnings = Array.from({ length: 8000 }, (_, i) =>
      finding({ address: `alicloud_x.w${i}`, level: "warn", message: `Expected A to be B, got \`${i}\` (at it).` }),
    );
    const refusing = finding({ address: "alicloud_x.zz" });
    const markdown = renderMarkdown(reportWith({ findings: [...warnings, refusing] }));
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(markdown).toMatch(/\n\d{4} more rows left out; the JSON report has them all\.\n/);
    expect(markdown).toContain("<code>alicloud_x.zz</code>");
    expect(markdown.trimEnd()).toMatch(
      /\*\*Verdict: denied\*\* \(refused by 1 finding; 8000 warnings; no bindings proven\)$/,
    );
    expect(markdown).toContain(DIGEST);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanOverview } from "../../src/core/check-report";
import { commentMarker, renderComment } from "../../src/report/comment";
import { exampleComment, refusedPullRequest } from "./support/example-comment";
import { finding, reportWith } from "./support/reports";

const OVERVIEW: PlanOverview = {
  add: 1,
  change: 0,
  destroy: 0,
  import: 0,
  hasChanges: true,
  resources: [{ address: "alicloud_x.t", action: "create" }],
  reach: [
    {
      binding: "alicloud_x.t",
      addresses: ["alicloud_eip.a"],
      targets: [{ address: "alicloud_slb.b", region: "cn-hongkong" }],
      proven: true,
    },
  ],
};

describe("the comment of a pull request", () => {
  it("is the one that docs/pull-requests.md shows", async () => {
    const comment = await exampleComment();
    const page = readFileSync(join(__dirname, "../../docs/pull-requests.md"), "utf8");
    expect(/^````text\n([\s\S]*?)^````$/m.exec(page)?.[1]).toBe(comment);
  });

  it("gives the verdict first, then settings, findings, the path from the internet, changes, and what to do", async () => {
    const comment = renderComment(await refusedPullRequest());
    const order = [
      "## Anycast check: denied",
      "**Settings change.**",
      "### Findings",
      "```mermaid",
      "### What the plan changes",
      "**Next:**",
      "A newer push makes it stale",
    ];
    const places = order.map((text) => comment.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  it("names rule, resource, file and line, and fix in one line per finding", () => {
    const report = reportWith({ findings: [finding({ source: { file: "main.ts", line: 7 } })] });
    const lines = renderComment(report)
      .split("\n")
      .filter((line) => line.startsWith("- "));
    expect(lines).toEqual([
      "- **denied** <code>binding/vpc-only</code> <code>alicloud&#95;x.t</code> at <code>main.ts:7</code>: Expected A to be B, got <code>c</code> (at alicloud_x.t). Fix: Give it one.".replace(
        "&#95;",
        "_",
      ),
    ]);
  });

  it("draws address, region and load balancer, with a dotted line for what is not proven", () => {
    const drawn = (proven: boolean): string =>
      renderComment(reportWith({ overview: { ...OVERVIEW, reach: [{ ...OVERVIEW.reach[0]!, proven }] } }));
    expect(drawn(true)).toContain(
      '  n0(["internet"])\n  n1(["alicloud_eip.a"])\n  n2["alicloud_slb.b in cn-hongkong"]\n  n0 --> n1\n  n1 --> n2\n',
    );
    expect(drawn(false)).toContain("n1 -. not proven .-> n2");
  });

  it.each([
    'x["y"] --> z',
    'a"]; click n0 "javascript:alert(1)"',
    "`</code><script>alert(1)</script>",
    "@everyone #1 https://evil.example",
    "a\n```\n## allowed",
    "%%{init: {}}%%",
    "--> <!-- anycast-comment . -->",
  ])("treats no text of a plan as markup or as part of the diagram: %j", (name) => {
    const way = { binding: name, addresses: [name], targets: [{ address: name, region: name }], proven: true };
    const comment = renderComment(
      reportWith({
        source: name,
        findings: [finding({ address: name, message: name })],
        overview: { ...OVERVIEW, resources: [{ address: name, action: name }], reach: [way] },
      }),
      { app: name },
    );
    const [, drawing = ""] = /```mermaid\n([\s\S]*?)\n```/.exec(comment) ?? [];
    for (const line of drawing.split("\n").slice(1)) {
      expect(line).toMatch(/^ {2}n\d+(\(\["[A-Za-z0-9 _./#;-]*"\]\)|\["[A-Za-z0-9 _./#;-]*"\]| --> n\d+)$/);
    }
    expect(comment.match(/^```/gm)).toHaveLength(2);
    expect(comment.match(/^## /gm)).toHaveLength(1);
    expect(comment.match(/<!--/g)).toHaveLength(1);
    expect(comment).not.toMatch(/<script|@everyone(?!<\/code>)|https:\/\/evil/);
  });

  it("stays under 60,000 characters, with the refusing findings first, and says what is left out", () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      finding({
        address: `alicloud_x.t${String(i)}`,
        level: i === 2999 ? "deny" : "warn",
        message: `Found ${String(i)}.`,
      }),
    );
    const resources = many.map(({ address }) => ({ address, action: "create" }));
    const comment = renderComment(reportWith({ findings: many, overview: { ...OVERVIEW, resources } }));
    expect(comment.length).toBeLessThan(60_000);
    expect(comment).toMatch(/### Findings\n\n- \*\*denied\*\* .*t2999</);
    expect(comment).toMatch(/more lines: see the summary of the run\./);
    expect(comment).toContain("**Next:**");
  });

  it("is found again by a first line that no project name can break", () => {
    expect(commentMarker("")).toBe("<!-- anycast-comment . -->");
    expect(commentMarker("a-->b")).not.toMatch(/-->.*-->/);
    expect(new Set(["apps/a", "apps-a", "apps%2Fa"].map(commentMarker)).size).toBe(3);
  });
});

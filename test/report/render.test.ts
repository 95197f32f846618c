import type { CheckReport } from "../../src/core/check-report";
import { listRules } from "../../src/check/rules";
import { FORMATS, isFormat, render } from "../../src/report";
import { EVERYTHING, hostileReport, checked, checkedEdit, PLAN_NAMES } from "./support/reports";

const OPTIONS = { rules: listRules(), version: "1.2.3" };

/** A plan whose resource keys try to write to the terminal, to the build server and into the page. */
async function checkedHostile(): Promise<CheckReport> {
  const key = "\\u001b[2J\\u202e\\n::error::x ##[error]y |<script>";
  return checkedEdit("for-each-one-bad.json", (text) =>
    text.replaceAll('[\\"y\\"]', `[\\"${key}\\"]`).replaceAll('"index":"y"', `"index":"${key}"`),
  );
}

describe.each(FORMATS)("the format %s", (format) => {
  it("gives the same bytes for the same plans", async () => {
    const names = PLAN_NAMES.map((name) => `${name}.json`);
    const [first, second] = [await checked(...names), await checked(...names)];
    expect(render(first, format, OPTIONS)).toBe(render(second, format, OPTIONS));
  });

  it.each([
    ["for a constructed report", () => Promise.resolve(hostileReport())],
    ["for a checked plan", checkedHostile],
  ])("contains nothing that a terminal or a build server would interpret, %s", async (_what, make) => {
    const report = await make();
    expect(JSON.stringify(report)).toMatch(/\\u001b/);
    for (const line of render(report, format, OPTIONS).split("\n")) {
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
      expect(line).not.toMatch(/##\[|##vso\[/);
      if (format !== "github") expect(line).not.toMatch(/^\s*::[a-z]/i);
    }
  });

  it("ends with a line break and names every finding's rule", () => {
    const text = render(EVERYTHING, format, OPTIONS);
    expect(text.endsWith("\n")).toBe(true);
    // It has numbers alone.
    if (format === "gitlab-terraform") return;
    expect(text).toContain("binding/vpc-only");
    expect(text).toContain("change/interruption");
  });
});

it("the formats are found by name", () => {
  expect(FORMATS.filter(isFormat)).toEqual([
    "text",
    "json",
    "sarif",
    "junit",
    "github",
    "markdown",
    "comment",
    "codequality",
    "gitlab-terraform",
  ]);
  expect(isFormat("toString")).toBe(false);
});

import { render, type Format } from "../../src/report";
import { finding, reportWith } from "./support/reports";

const OPTIONS = { rules: [], version: "1.2.3" };
const TO_PEOPLE: readonly Format[] = ["text", "markdown", "comment", "github"];

const address = (index: number): string => `instance.number${index}.`;
const about = (index: number, change: Parameters<typeof finding>[0] = {}): ReturnType<typeof finding> =>
  finding({ address: address(index), message: `Expected A to be B, got \`c\` (at ${address(index)}).`, ...change });

const instances = (count: number): ReturnType<typeof finding>[] =>
  Array.from({ length: count }, (_, index) => about(index));

const times = (text: string, part: string): number => text.split(part).length - 1;

describe.each(TO_PEOPLE)("findings that say the same of several resources, in the format %s", (format) => {
  const written = (findings: ReturnType<typeof finding>[]): string => render(reportWith({ findings }), format, OPTIONS);

  it("are told once, with the name of each resource", () => {
    const text = written(instances(8));
    expect(times(text, "Expected A to be B")).toBe(1);
    for (let index = 0; index < 8; index += 1) expect(text).toContain(address(index));
  });

  it("name ten of many, and say how many more there are", () => {
    const text = written(instances(2000));
    expect(times(text, "Expected A to be B")).toBe(1);
    // Ten names, and the place that the message gives.
    expect(times(text, "instance.number")).toBe(11);
    expect(text).toContain("and 1990 more");
  });

  it.each([
    ["the value", { message: `Expected A to be B, got \`d\` (at ${address(1)}).` }],
    ["the fix", { fix: "Give it another one." }],
    ["the line that declares them", { source: { file: "stacks/a.ts", line: 12 } }],
    ["whether they refuse the plan", { level: "warn" }],
    ["whether they are waived", { waived: true }],
  ] as const)("are told one by one where they differ in %s", (_what, change) => {
    expect(times(written([about(0), about(1, change)]), "Expected A to be B")).toBe(2);
  });
});

it("lists each of them in the formats that programs read", () => {
  const formats: readonly Format[] = ["json", "sarif", "junit", "codequality"];
  for (const format of formats) {
    expect(render(reportWith({ findings: instances(12) }), format, OPTIONS)).toContain(address(11));
  }
});

it("tells waived ones one by one, since each has its own owner and last day", () => {
  const findings = [about(0, { waived: true }), about(1, { waived: true })];
  expect(times(render(reportWith({ findings }), "text", OPTIONS), "Expected A to be B")).toBe(2);
});

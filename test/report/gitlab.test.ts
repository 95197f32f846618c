import { renderCodeQuality } from "../../src/report/codequality";
import { renderGitlabTerraform } from "../../src/report/gitlab-terraform";
import { checked, EVERYTHING, finding, reportWith } from "./support/reports";

interface Entry {
  readonly check_name: string;
  readonly severity: string;
  readonly fingerprint: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}
const entriesOf = (report: Parameters<typeof renderCodeQuality>[0]): Entry[] =>
  JSON.parse(renderCodeQuality(report)) as Entry[];

describe("GitLab's code quality report", () => {
  it("has an entry per finding: denials are critical, warnings minor, waived findings info", () => {
    const entries = entriesOf(EVERYTHING);
    expect(entries.map(({ check_name, severity }) => [check_name, severity])).toEqual([
      ["binding/vpc-only", "critical"],
      ["binding/vpc-only", "critical"],
      ["change/interruption", "minor"],
      ["binding/vpc-only", "info"],
      ["binding/vpc-only", "info"],
      ["binding/vpc-only", "minor"],
      ["binding/vpc-only", "minor"],
    ]);
    expect(entries[0]!.location).toEqual({ path: "stacks/a.ts", lines: { begin: 12 } });
    expect(entries[1]!.location.lines).toEqual({ begin: 1 });
  });

  it("gives a finding the same fingerprint when it moves to another line, and two similar ones different fingerprints", () => {
    const at = (line: number): Entry[] =>
      entriesOf(reportWith({ findings: [finding({ source: { file: "a.ts", line } }), finding({})] }));
    expect(at(3).map(({ fingerprint }) => fingerprint)).toEqual(at(30).map(({ fingerprint }) => fingerprint));
    expect(new Set(at(3).map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it("reports a plan that could not be checked as a blocker", async () => {
    expect(entriesOf(await checked("index.json"))).toMatchObject([{ check_name: "NotAPlan", severity: "blocker" }]);
  });
});

describe("GitLab's terraform report", () => {
  it("gives no counts where one of the plans could not be checked", async () => {
    expect(renderGitlabTerraform(await checked("internal-vpc.json", "index.json"))).toBe("{}\n");
    expect(renderGitlabTerraform({ ...EVERYTHING, plans: [] })).toBe("{}\n");
  });
});

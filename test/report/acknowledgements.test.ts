import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { AcknowledgementReport, CheckReport } from "../../src/core/check-report";
import { FORMATS, render } from "../../src/report";
import { finding, reportWith } from "./support/reports";

function report(state: AcknowledgementReport["state"]): CheckReport {
  const used = state === "used";
  return reportWith({
    findings: [finding({ rule: "address/bandwidth", address: "alicloud_x.z", construct: "app/z", waived: used })],
    acknowledgements: [
      {
        state,
        rule: "address/bandwidth",
        construct: "app/z",
        addresses: state === "unused" ? [] : ["alicloud_x.z"],
        owner: "team-network",
        reason: "measured twice",
        expires: "2027-03-31",
        source: { file: "main.ts", line: 7 },
      },
    ],
  });
}

/** Whatever a format makes of line ends and marks. */
const plain = (text: string): string => text.replace(/\\/g, "").replace(/\s+/g, " ");

/** The forms that have more than numbers. */
const WORDS = FORMATS.filter((format) => format !== "gitlab-terraform");

describe("an acknowledgement in a report", () => {
  it.each(WORDS)("that waives a finding is shown as %s, with owner, reason and last day", (format) => {
    const shown = plain(render(report("used"), format));
    for (const word of ["app/z", "team-network", "measured twice", "2027-03-31"]) expect(shown).toContain(word);
  });

  it.each(WORDS)("that has expired, matches nothing or is not permitted is shown as %s", (format) => {
    const words = { expired: /expired/i, unused: /unused|can be removed/, "not-allowed": /not-allowed|does not let/ };
    for (const [state, word] of Object.entries(words)) {
      const shown = plain(render(report(state as AcknowledgementReport["state"]), format));
      expect(shown).toMatch(word);
      expect(shown).toContain("team-network");
    }
  });

  it("is an in-source suppression in SARIF, and a warning where it waives nothing", () => {
    const run = (state: AcknowledgementReport["state"]): object =>
      (JSON.parse(render(report(state), "sarif")) as { runs: object[] }).runs[0]!;
    expect(run("used")).toMatchObject({ results: [{ suppressions: [{ kind: "inSource", status: "accepted" }] }] });
    expect(run("not-allowed")).toMatchObject({
      invocations: [{ toolExecutionNotifications: [{ descriptor: { id: "AcknowledgementNotAllowed" } }] }],
      results: [expect.not.objectContaining({ suppressions: expect.anything() as unknown })],
    });
  });

  it("is in the JSON as the schema requires", () => {
    const schema = JSON.parse(
      readFileSync(join(__dirname, "../../docs/schemas/check-report.schema.json"), "utf8"),
    ) as object;
    const validate = new Ajv({ strict: false }).compile(schema);
    for (const state of ["used", "unused", "expired", "not-allowed"] as const) {
      validate(JSON.parse(render(report(state), "json")));
      expect(validate.errors).toBeNull();
    }
  });
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateOfPlan, stateVersion } from "../../../../src/plan";
import { terraformEnvironment } from "../../../../src/core/terraform-binary";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-state-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const path = (name: string): string => join(directory, name);
const terraform = (...args: string[]): string =>
  execFileSync("terraform", args, { cwd: directory, env: terraformEnvironment(), encoding: "utf8" });

/** A zip with these files, made by somebody else's code. */
function zip(files: readonly (readonly [string, string])[], packed: boolean): string {
  const script = `
import json, sys, warnings, zipfile
warnings.simplefilter("ignore")
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED if sys.argv[3] == "true" else zipfile.ZIP_STORED) as new:
    for name, data in json.loads(sys.argv[2]): new.writestr(name, data)
`;
  execFileSync("python3", ["-c", script, path("x.zip"), JSON.stringify(files), String(packed)]);
  return path("x.zip");
}

const STATE = JSON.stringify({ version: 4, lineage: "l", serial: 7 });

describe("the version of the state that a plan was made from", () => {
  it("is the one that terraform writes into its plans, before and after the first apply", () => {
    writeFileSync(path("main.tf"), 'resource "terraform_data" "x" {\n  input = "y"\n}\n');
    terraform("init", "-input=false");
    terraform("plan", "-input=false", "-out=one.tfplan");
    expect(stateOfPlan(path("one.tfplan"))).toEqual({ lineage: "", serial: 0 });
    terraform("apply", "-input=false", "one.tfplan");
    terraform("plan", "-input=false", "-out=two.tfplan");
    const { lineage, serial } = JSON.parse(readFileSync(path("terraform.tfstate"), "utf8")) as Record<string, unknown>;
    expect(stateOfPlan(path("two.tfplan"))).toEqual({ lineage, serial });
    expect(stateVersion(terraform("state", "pull"))).toEqual({ lineage, serial });
  });

  it.each([true, false])("is read from files packed %s", (packed) => {
    expect(
      stateOfPlan(
        zip(
          [
            ["tfplan", "x"],
            ["tfstate", STATE],
          ],
          packed,
        ),
      ),
    ).toEqual({ lineage: "l", serial: 7 });
  });

  it.each<[string, () => string]>([
    ["without a state", () => zip([["tfplan", "x"]], true)],
    [
      "with two states",
      () =>
        zip(
          [
            ["tfstate", STATE],
            ["tfstate", STATE],
          ],
          true,
        ),
    ],
    ["whose state is encrypted", () => zip([["tfstate", '{"meta":{},"encrypted_data":"x"}']], true)],
    ["that does not exist", () => path("none")],
    [
      "that is not a zip archive",
      () => {
        writeFileSync(path("x"), "PK");
        return path("x");
      },
    ],
    [
      "that is truncated",
      () => {
        const whole = readFileSync(zip([["tfstate", STATE]], true));
        writeFileSync(path("x"), whole.subarray(20));
        return path("x");
      },
    ],
  ])("is unknown for a file %s", (_what, made) => {
    expect(stateOfPlan(made())).toBeUndefined();
  });

  it("is the first one before any state was written", () => {
    expect(stateVersion("")).toEqual({ lineage: "", serial: 0 });
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudProject } from "../support/cloud-project";
import { CDKTF, makeCloudProject, RESOURCES } from "../support/cloud-project";
import { inTerminal, press, until } from "./support/terminal";

const DOWN = "\u001b[B";

describe("the unchanged cdktf with the gate in terraform's place", () => {
  let project: CloudProject;
  afterEach(() => project.stop());

  const bound = (): number => project.sandbox.status().objects.filter(({ kind }) => kind === "anycast-eip").length;

  /** The type of the load balancer becomes a variable, `internet` unless one is given. */
  function askForType(): void {
    const file = join(project.root, "main.js");
    const variable = '{ type: "string", default: "internet" }';
    const text = readFileSync(file, "utf8");
    const changed = text.replace(
      "addressType: spec.type",
      `addressType: new (require("cdktf").TerraformVariable)(s, "kind", ${variable}).stringValue`,
    );
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
  }

  it.each([
    ["Dismiss", ["Dismiss"]],
    ["Stop", ["Dismiss", "Stop"]],
  ])("applies nothing when its question is answered with %s", async (_, choices) => {
    project = await makeCloudProject({ good: { type: "intranet" } });
    const terminal = inTerminal(CDKTF, ["deploy", "good"], project.root, { ...project.env, CI: "" });
    await until(
      () => terminal.output().includes("Approve"),
      () => terminal.output(),
    );
    // One key after the other, each when what the last one did is shown.
    for (const choice of choices) await press(terminal, DOWN, () => terminal.output().includes(`❯ ${choice}`));
    terminal.write("\r");
    await terminal.code;
    expect(project.state("good") ?? []).toEqual([]);
    expect(bound()).toBe(0);
    // Nothing is left behind that stops the next one.
    expect((await project.cdktf(["deploy", "good", "--auto-approve"])).code).toBe(0);
    expect(project.state("good")).toHaveLength(RESOURCES);
  });

  it("checks the plan with its variables, given one by one or in a file", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    askForType();
    const refused = await project.cdktf(["deploy", "it", "--auto-approve"]);
    expect([refused.code, refused.out.includes("binding/internal-only")]).toEqual([1, true]);
    writeFileSync(join(project.root, "bad.tfvars"), 'kind = "internet"\n');
    const byFile = await project.cdktf(["plan", "it", "--var-file=bad.tfvars"]);
    expect([byFile.code, byFile.out.includes("binding/internal-only")]).toEqual([1, true]);
    expect(bound()).toBe(0);
    const allowed = await project.cdktf(["deploy", "it", "--auto-approve", "--var=kind=intranet"]);
    expect([allowed.code, project.state("it")?.length]).toEqual([0, RESOURCES]);
    writeFileSync(join(project.root, "good.tfvars"), 'kind = "intranet"\n');
    const again = await project.cdktf(["deploy", "it", "--auto-approve", "--var-file=good.tfvars"]);
    expect([again.code, again.out.includes("No changes.")]).toEqual([0, true]);
  });

  it("deploys on every file change in watch mode, and is stopped only by bad changes", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    const codes: (number | null)[] = [];
    for (const type of ["intranet", "internet", "intranet"] as const) {
      project.write({ it: { type } });
      codes.push((await project.cdktf(["deploy", "it", "--auto-approve"])).code);
    }
    expect(codes).toEqual([0, 1, 0]);
    expect(project.state("it")).toHaveLength(RESOURCES);
    expect(bound()).toBe(1);
  });

  it("refreshes the state with --refresh-only and changes nothing else", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    expect((await project.cdktf(["deploy", "it", "--auto-approve"])).code).toBe(0);
    const cloud = JSON.stringify(project.sandbox.status().objects);
    const refreshed = await project.cdktf(["deploy", "it", "--auto-approve", "--refresh-only"]);
    expect(refreshed.code === 0 ? "" : refreshed.out + refreshed.err).toBe("");
    expect(project.state("it")).toHaveLength(RESOURCES);
    expect(JSON.stringify(project.sandbox.status().objects)).toBe(cloud);
  });
});

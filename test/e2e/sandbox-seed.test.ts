import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { makeCloudProject, RESOURCES } from "../support/cloud-project";
import type { CloudProject, Ended } from "../support/cloud-project";

jest.setTimeout(180_000);

type Values = Record<string, unknown>;
interface State {
  resources: { type: string; instances: { attributes: Values; private?: string }[] }[];
  lineage: string;
}

describe("a sandbox seeded from a state", () => {
  let project: CloudProject;
  let seed: string;
  let shown: string;

  /** What was deployed is moved out of the project and redacted: the new sandbox has it from the seed alone. */
  beforeAll(async () => {
    project = await makeCloudProject({ alpha: { type: "intranet" } });
    const deployed = await project.anycast(["deploy", "--auto-approve"]);
    if (deployed.code !== 0) throw new Error(deployed.err);
    const stateFile = project.statePath("alpha");
    const printed = await run(terraformBinary(), ["show", "-json", stateFile], {
      cwd: join(project.root, "cdktf.out/stacks/alpha"),
      env: { ...terraformEnvironment(), ...project.sandbox.env },
    });
    shown = join(project.root, "shown.json");
    writeFileSync(shown, printed.stdout);
    const state = JSON.parse(readFileSync(stateFile, "utf8")) as State;
    for (const resource of state.resources) {
      for (const instance of resource.instances) delete instance.private;
      // Redacted as people do it: a word in place of a text or a number, or nothing.
      const { attributes } = resource.instances[0]!;
      if (resource.type === "alicloud_vpc") Object.assign(attributes, { description: "(redacted)", router_id: null });
      if (resource.type === "alicloud_slb_load_balancer") Object.assign(attributes, { bandwidth: "(redacted)" });
    }
    seed = join(project.root, "seed.json");
    writeFileSync(seed, JSON.stringify(state), { mode: 0o400 });
    for (const name of readdirSync(project.root)) {
      if (name.startsWith("terraform.alpha.tfstate")) rmSync(join(project.root, name));
    }
  });
  afterAll(() => project.stop());

  const seeded = async (command: readonly string[], file = seed, ...more: readonly string[]): Promise<Ended> => {
    const directory = join(project.root, `other-${Math.random()}`);
    mkdirSync(directory);
    const { PATH, HOME } = process.env;
    const { TMPDIR } = project.env;
    const args = ["sandbox", "--directory", directory, "--seed-state", file, ...more, "--", ...command];
    const ended = await run(join(__dirname, "../../bin/anycast"), args, {
      cwd: project.root,
      env: { PATH, HOME, TMPDIR, CI: "1", CHECKPOINT_DISABLE: "1", FORCE_COLOR: "0" },
    });
    return { code: ended.exitCode, out: ended.stdout.toString(), err: ended.stderr.toString() };
  };
  const changesOf = (ended: Ended): unknown =>
    (JSON.parse(ended.out) as { stacks: { changes: unknown }[] }).stacks.map(({ changes }) => changes);
  const asJson = ["anycast", "plan", "--format", "json"];

  it.each([
    ["a redacted state file", () => seed],
    ["the output of terraform show -json", () => shown],
  ])("plans nothing from %s when the configuration is the same", async (_, file) => {
    const ended = await seeded(asJson, file());
    expect(ended.code === 0 ? "" : ended.err).toBe("");
    expect(changesOf(ended)).toEqual([{ add: 0, change: 0, remove: 0, import: 0 }]);
  });

  it("plans one update in place for one changed attribute, and leaves the seed file unchanged", async () => {
    const before = { bytes: readFileSync(seed, "utf8"), time: statSync(seed).mtimeMs };
    const app = join(project.root, "main.js");
    const text = readFileSync(app, "utf8");
    writeFileSync(app, text.replace("anycastEipAddressName: name", 'anycastEipAddressName: "another-name"'));
    try {
      const ended = await seeded(asJson);
      expect(ended.code === 0 ? "" : ended.err).toBe("");
      expect(changesOf(ended)).toEqual([{ add: 0, change: 1, remove: 0, import: 0 }]);
      const cdktf = await seeded([join(__dirname, "../../node_modules/.bin/cdktf"), "plan", "alpha"]);
      expect(cdktf.code === 0 ? "" : cdktf.err).toBe("");
      expect(cdktf.out).toContain("0 to add, 1 to change, 0 to destroy");
    } finally {
      writeFileSync(app, text);
    }
    expect({ bytes: readFileSync(seed, "utf8"), time: statSync(seed).mtimeMs }).toEqual(before);
    expect(readdirSync(project.root).filter((name) => name.includes("tfstate"))).toEqual([]);
    expect(readdirSync(project.env.TMPDIR!).filter((name) => name.startsWith("anycast-"))).toEqual([]);
  });

  it.each([
    ["anycast deploy", ["anycast", "deploy", "--auto-approve"]],
    ["anycast destroy", ["anycast", "destroy", "--auto-approve"]],
    ["the gate in terraform's place", ["anycast-terraform", "-chdir=cdktf.out/stacks/alpha", "apply", "-auto-approve"]],
    ["its import", ["anycast-terraform", "-chdir=cdktf.out/stacks/alpha", "import", "alicloud_vpc.vpc", "vpc-1"]],
    ["its removal from state", ["anycast-terraform", "-chdir=cdktf.out/stacks/alpha", "state", "rm", "x"]],
    ["terraform itself", ["terraform", "-chdir=cdktf.out/stacks/alpha", "apply", "-auto-approve", "-input=false"]],
  ])("refuses to change anything by %s", async (_, command) => {
    const before = readFileSync(seed, "utf8");
    const { code, out, err } = await seeded(command);
    expect(code).not.toBe(0);
    expect((out + err).replace(/\s*[│╷╵]?\s+/g, " ")).toMatch(
      /seeded from a state and can only plan.* Nothing was changed\./,
    );
    expect(readFileSync(seed, "utf8")).toBe(before);
    for (const name of readdirSync(project.root).filter((one) => one.startsWith("terraform."))) {
      const { resources } = JSON.parse(readFileSync(join(project.root, name), "utf8")) as State;
      expect(resources).toEqual([]);
      rmSync(join(project.root, name));
    }
  });

  it("creates plan files that terraform refuses to apply to the original state", async () => {
    const stack = "-chdir=cdktf.out/stacks/alpha";
    const out = join(project.root, "kept.tfplan");
    expect((await seeded(["anycast-terraform", stack, "plan", "-destroy", `-out=${out}`])).code).toBe(0);
    writeFileSync(project.statePath("alpha"), readFileSync(seed));
    try {
      const args = [stack, "apply", "-input=false", out];
      const ended = await run(terraformBinary(), args, {
        cwd: project.root,
        env: { ...terraformEnvironment(), ...project.sandbox.env },
      });
      expect(ended.exitCode).toBe(1);
      expect(project.state("alpha")).toHaveLength(RESOURCES);
    } finally {
      rmSync(project.statePath("alpha"));
    }
  });

  it.each([
    ["does not exist", undefined],
    ["is not JSON", "a secret: {"],
    ["has an unknown version", '{"version": 3, "secret": "a secret"}'],
    ["is encrypted", '{"serial": 1, "lineage": "x", "encrypted_data": "a secret"}'],
    ["lacks an id", "lost"],
  ])("reports the fault of a seed that %s, and shows none of its content", async (_, content) => {
    const file = join(project.root, "bad.json");
    rmSync(file, { force: true });
    if (content === "lost") {
      const state = JSON.parse(readFileSync(seed, "utf8")) as State;
      state.resources[0]!.instances[0]!.attributes.id = "(redacted)";
      writeFileSync(file, JSON.stringify(state));
    } else if (content !== undefined) writeFileSync(file, content);
    const { code, out, err } = await seeded(["echo", "reached"], file);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("SandboxSeedInvalid");
    expect(err).toContain("terraform state pull");
    expect(err).not.toContain("a secret");
  });

  it("cannot be combined with the released provider", async () => {
    const { code, err } = await seeded(["echo", "reached"], seed, "--provider", "real");
    expect(code).toBe(2);
    expect(err).toContain("SandboxOptionInvalid");
  });
});

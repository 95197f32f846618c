import { cpSync, existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "../../src/core/process";
import { ConsumerProject } from "../package/consumer-project";
import type { CloudProject, Ended } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY, RESOURCES } from "../support/cloud-project";

jest.setTimeout(300_000);

const CDKTN = "0.24.0";
/** A version that this cdktn runs on, as npm packages it: one package a platform. */
const NODE = { name: `node-${process.platform}-${process.arch}`, version: "22.23.3" };

describe("cdktn on its own version of Node, with the gate in terraform's place", () => {
  const tools = new ConsumerProject();
  const modules = join(tools.directory, "node_modules");
  const node = join(modules, NODE.name, "bin", "node");
  let project: CloudProject;

  beforeAll(async () => {
    await tools.install({
      [NODE.name]: NODE.version,
      "cdktn-cli": CDKTN,
      cdktf: `npm:cdktn@${CDKTN}`,
      constructs: "10.6.0",
    });
    // The bindings must find the `cdktf` that stands next to them, so they are no link.
    cpSync(join(REPOSITORY, "packages", "provider-alicloud"), join(modules, "@cdktf", "provider-alicloud"), {
      recursive: true,
    });
  });
  afterEach(() => project.stop());
  afterAll(() => tools.remove());

  async function cdktn(...args: readonly string[]): Promise<Ended> {
    const env = { ...project.env, PATH: [dirname(node), project.env.PATH].join(delimiter) };
    const ended = await run(node, [join(modules, ".bin", "cdktn"), ...args], { cwd: project.root, env });
    return { code: ended.exitCode, out: ended.stdout.toString(), err: ended.stderr.toString() };
  }

  it("deploys a good stack, finds nothing to do the second time, and destroys it", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } }, { modules });
    const deployed = await cdktn("deploy", "good", "--auto-approve");
    expect(deployed.code === 0 ? "" : deployed.out + deployed.err).toBe("");
    expect(deployed.out).toContain("Policy gate: allowed, 1 binding proven.");
    expect(project.state("good")).toHaveLength(RESOURCES);
    const again = await cdktn("deploy", "good", "--auto-approve");
    expect([again.code, again.out.includes("No changes.")]).toEqual([0, true]);
    expect((await cdktn("destroy", "good", "--auto-approve")).code).toBe(0);
    expect(project.state("good")).toEqual([]);
  });

  it("applies none of several stacks when one is refused, and keeps no plan file of that one", async () => {
    project = await makeCloudProject({ good: { type: "intranet" }, bad: { type: "internet" } }, { modules });
    const planned = await cdktn("plan", "bad");
    expect([planned.code, (planned.out + planned.err).includes("binding/internal-only")]).toEqual([1, true]);
    expect(existsSync(join(project.root, "cdktf.out/stacks/bad/plan"))).toBe(false);
    const deployed = await cdktn("deploy", "good", "bad", "--auto-approve");
    expect([deployed.code, deployed.out.includes("Policy gate stops this run because of bad")]).toEqual([1, true]);
    expect(existsSync(project.statePath("good"))).toBe(false);
    expect(project.sandbox.status().objects.filter(({ kind }) => kind === "anycast-eip")).toEqual([]);
  });
});

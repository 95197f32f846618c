import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CloudProject } from "../support/cloud-project";
import { CDKTF, makeCloudProject, RESOURCES } from "../support/cloud-project";
import { inTerminal, press, until as happened, type Terminal } from "./support/terminal";

jest.setTimeout(120_000);

describe("the unchanged cdktf with the gate in terraform's place", () => {
  let project: CloudProject;
  let terminal: Terminal;
  afterEach(() => project.stop());

  test("deploy --auto-approve applies a good stack and writes its outputs, and destroy removes it", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } });
    const deployed = await project.cdktf(["deploy", "good", "--auto-approve", "--outputs-file", "outputs.json"]);
    expect(deployed.out).toContain("Policy gate: allowed, 1 binding proven.");
    expect(deployed.out).not.toContain("stacks of this run");
    expect(deployed.code).toBe(0);
    expect(project.state("good")).toHaveLength(RESOURCES);
    const outputs = JSON.parse(readFileSync(join(project.root, "outputs.json"), "utf8")) as {
      good: { anycast_id: string };
    };
    expect(outputs.good.anycast_id).toMatch(/^aeip-/);
    const again = await project.cdktf(["deploy", "good", "--auto-approve"]);
    expect(again.out).toContain("No changes.");
    expect(again.code).toBe(0);
    const destroyed = await project.cdktf(["destroy", "good", "--auto-approve"]);
    expect(destroyed.code).toBe(0);
    expect(project.state("good")).toEqual([]);
    expect(project.sandbox.status().objects.filter(({ kind }) => kind === "anycast-eip")).toEqual([]);
  });

  test("deploy --auto-approve of a stack bound to an internet-facing load balancer is refused with nothing applied", async () => {
    project = await makeCloudProject({ bad: { type: "internet" } });
    const { code, out, err } = await project.cdktf(["deploy", "bad", "--auto-approve"]);
    expect(code).toBe(1);
    expect(out).toContain("Policy gate refused this plan");
    expect(out).toContain("binding/internal-only");
    expect(out).toContain("Nothing was applied.");
    expect(err).toContain("Invoking Terraform CLI failed with exit code 1");
    expect(existsSync(project.statePath("bad"))).toBe(false);
    expect(project.sandbox.status().objects.filter(({ kind }) => kind === "anycast-eip")).toEqual([]);
  });

  test("a bad change is refused and leaves state and cloud unchanged, byte for byte", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    expect((await project.cdktf(["deploy", "it", "--auto-approve"])).code).toBe(0);
    const state = readFileSync(project.statePath("it"));
    const cloud = JSON.stringify(project.sandbox.status().objects);
    project.write({ it: { type: "internet" } });
    expect((await project.cdktf(["deploy", "it", "--auto-approve"])).code).toBe(1);
    expect(readFileSync(project.statePath("it")).equals(state)).toBe(true);
    expect(JSON.stringify(project.sandbox.status().objects)).toBe(cloud);
  });

  test("plan keeps the plan file of a good stack and none of a bad one", async () => {
    project = await makeCloudProject({ good: { type: "intranet" }, bad: { type: "internet" } });
    expect((await project.cdktf(["plan", "good"])).code).toBe(0);
    expect(existsSync(join(project.root, "cdktf.out/stacks/good/plan"))).toBe(true);
    const refused = await project.cdktf(["plan", "bad"]);
    expect(refused.code).toBe(1);
    expect(refused.out + refused.err).toContain("binding/internal-only");
    expect(existsSync(join(project.root, "cdktf.out/stacks/bad/plan"))).toBe(false);
  });

  test("several stacks in one deploy are gated one by one, in the order of their dependencies", async () => {
    project = await makeCloudProject({ base: { type: "intranet" }, bad: { type: "internet", dependsOn: ["base"] } });
    const { code } = await project.cdktf(["deploy", "base", "bad", "--auto-approve"]);
    expect(code).toBe(1);
    expect(project.state("base")).toHaveLength(RESOURCES);
    expect(existsSync(project.statePath("bad"))).toBe(false);
  });

  test("of several stacks none is applied when one is refused", async () => {
    project = await makeCloudProject({ good: { type: "intranet" }, bad: { type: "internet" } });
    const { code, out } = await project.cdktf(["deploy", "good", "bad", "--auto-approve"]);
    expect(code).toBe(1);
    expect(out).toContain("looking at the 2 stacks of this run before the first is applied");
    expect(out).toContain("Policy gate stops this run because of bad (2 findings)");
    expect(out).toContain("binding/internal-only");
    expect(existsSync(project.statePath("good"))).toBe(false);
    expect(existsSync(project.statePath("bad"))).toBe(false);
    expect(project.sandbox.status().objects.filter(({ kind }) => kind === "anycast-eip")).toEqual([]);
  });

  const interactive = (args: readonly string[]): Terminal =>
    (terminal = inTerminal(CDKTF, args, project.root, { ...project.env, CI: "" }));
  const until = (what: () => boolean): Promise<void> => happened(what, () => terminal.output());

  test("interactive deploy shows cdktf's own approval after the check, and applies on Approve", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } });
    const { output, code } = interactive(["deploy", "good"]);
    await until(() => output().includes("Approve"));
    expect(output()).toContain("Policy gate: allowed");
    expect(project.state("good")).toBeUndefined();
    await press(terminal, "\r", () => existsSync(project.statePath("good")));
    expect(await code).toBe(0);
    expect(project.state("good")).toHaveLength(RESOURCES);
  });

  test("interactive deploy of a bad stack never asks", async () => {
    project = await makeCloudProject({ bad: { type: "internet" } });
    const { output, code } = interactive(["deploy", "bad"]);
    expect(await code).toBe(1);
    expect(output()).not.toContain("Approve");
    expect(output()).toContain("Policy gate refused this plan");
  });

  test("Ctrl-C in the middle of an apply keeps the state, and the next deploy finishes without creating anything twice", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } }, { speed: 2 });
    const { output, write, code } = interactive(["deploy", "good", "--auto-approve"]);
    await until(() => /vswitch\.vswitch.*Creating/.test(output()));
    write("\x03");
    await code;
    // Terraform goes on in a session of its own until what it had begun is recorded.
    await until(() => !existsSync(join(project.root, ".terraform.good.tfstate.lock.info")));
    await sleep(500);
    expect(readFileSync(project.statePath("good"), "utf8").length).toBeGreaterThan(100);
    const again = await project.cdktf(["deploy", "good", "--auto-approve"]);
    expect(again.code).toBe(0);
    expect(project.state("good")).toHaveLength(RESOURCES);
    const kinds = project.sandbox.status().objects.map(({ kind }) => kind);
    for (const kind of ["vpc", "load-balancer", "anycast-eip"])
      expect(kinds.filter((one) => one === kind)).toHaveLength(1);
  });

  test.each(["SIGKILL", "SIGHUP"])(
    "%s of cdktf in the middle of an apply keeps the state, and the next deploy creates nothing twice",
    async (signal) => {
      project = await makeCloudProject({ good: { type: "intranet" } }, { speed: 2 });
      const { output, kill, code } = interactive(["deploy", "good", "--auto-approve"]);
      await until(() => /vswitch\.vswitch.*Creating/.test(output()));
      kill(signal);
      await code;
      await until(() => !existsSync(join(project.root, ".terraform.good.tfstate.lock.info")));
      await sleep(500);
      expect(readFileSync(project.statePath("good"), "utf8").length).toBeGreaterThan(100);
      expect((await project.cdktf(["deploy", "good", "--auto-approve"])).code).toBe(0);
      expect(project.state("good")).toHaveLength(RESOURCES);
      const kinds = project.sandbox.status().objects.map(({ kind }) => kind);
      for (const kind of ["vpc", "load-balancer", "anycast-eip"])
        expect(kinds.filter((one) => one === kind)).toHaveLength(1);
    },
  );
});

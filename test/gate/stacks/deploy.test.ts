import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { AppOnDisk } from "../../support/app";
import { deploy, makeApp } from "../../support/app";
import { injectedCheck } from "../../support/injected-check";
import { ownPrivateDirectories } from "../../support/project";

const chain = { base: { input: "base" }, top: { input: "top", reads: ["base"] }, alone: { input: "alone" } };

describe("deploying the stacks of an app", () => {
  let app: AppOnDisk;
  afterEach(() => app.remove());

  test("stacks are applied after their dependencies, with outputs but without secrets", async () => {
    app = makeApp(chain);
    const { statuses, exitCode, stacks } = await deploy(app);
    expect(statuses).toEqual({ base: "done", top: "done", alone: "done" });
    expect(exitCode).toBe(0);
    expect(app.state("top")).toEqual(expect.arrayContaining(["terraform_data.it"]));
    expect(stacks.find(({ stack }) => stack === "base")?.outputs).toEqual({ value: "base" });
  });

  test("a new workspace of terraform is deployed in the sandbox", async () => {
    app = makeApp({ base: { input: "base" } });
    const env = { ...process.env, ANYCAST_SANDBOX: "x", TF_WORKSPACE: "new" };
    expect(await deploy(app, { env })).toMatchObject({ exitCode: 0, statuses: { base: "done" } });
    const directory = join(app.root, "cdktf.out/stacks/base/terraform.tfstate.d/new");
    expect(existsSync(join(directory, "terraform.tfstate"))).toBe(true);
  });

  test("a second deploy finds nothing to do and asks no question", async () => {
    app = makeApp(chain);
    await deploy(app);
    const approve = jest.fn(async () => true);
    const { statuses, exitCode } = await deploy(app, { approve });
    expect(statuses).toEqual({ base: "unchanged", top: "unchanged", alone: "unchanged" });
    expect(exitCode).toBe(0);
    expect(approve).not.toHaveBeenCalled();
  });

  test("one refused plan stops every stack before the first is applied", async () => {
    app = makeApp({ ...chain, alone: { input: "forbidden" } });
    const { statuses, exitCode } = await deploy(app);
    expect(statuses).toEqual({ base: "skipped", top: "skipped", alone: "denied" });
    expect(exitCode).toBe(1);
    expect(["base", "top", "alone"].map((name) => app.state(name))).toEqual([undefined, undefined, undefined]);
  });

  test("a plan that cannot be checked stops everything with exit code 2", async () => {
    app = makeApp({ ...chain, alone: { input: "uncheckable" } });
    const { exitCode } = await deploy(app);
    expect(exitCode).toBe(2);
    expect(app.state("base")).toBeUndefined();
  });

  test("a stack that can only be planned later may be refused then, and only its dependents stop", async () => {
    app = makeApp({
      base: { input: "base" },
      top: { input: "forbidden", reads: ["base"] },
      peak: { input: "peak", dependencies: ["top"] },
      alone: { input: "alone" },
    });
    const { statuses, exitCode } = await deploy(app);
    expect(statuses).toEqual({ base: "done", top: "denied", peak: "skipped", alone: "done" });
    expect(exitCode).toBe(1);
    expect(app.state("top")).toBeUndefined();
  });

  test("a stack that terraform cannot plan stops only its dependents", async () => {
    app = makeApp({ ...chain, base: { input: "${nothing.here}" } });
    const { statuses, exitCode, stacks } = await deploy(app);
    expect(statuses).toEqual({ base: "failed", top: "skipped", alone: "done" });
    expect(exitCode).toBe(2);
    expect(stacks[0]!.error).toMatchObject({ code: "TerraformFailed" });
  });

  test("a stack whose apply fails stops only its dependents", async () => {
    const provisioner = [{ "local-exec": { command: "exit 3" } }];
    app = makeApp({
      ...chain,
      base: { input: "x", resource: { terraform_data: { it: { input: "x", provisioner } } } },
    });
    const { statuses, exitCode } = await deploy(app);
    expect(statuses).toEqual({ base: "failed", top: "skipped", alone: "done" });
    expect(exitCode).toBe(2);
  });

  test("a declined approval ends with exit code 1 and nothing applied", async () => {
    app = makeApp({ alone: { input: "alone" } });
    const { statuses, exitCode } = await deploy(app, { approve: async () => false });
    expect(statuses).toEqual({ alone: "declined" });
    expect(exitCode).toBe(1);
    expect(app.state("alone")).toBeUndefined();
  });

  test("the approval shows terraform's own text of every changing plan", async () => {
    app = makeApp({ alone: { input: "alone" }, other: { input: "other" } });
    let shown = "";
    await deploy(app, {
      approve: async ({ plans, textOf }) => {
        for (const plan of plans) shown += await textOf(plan);
        return false;
      },
    });
    expect(shown.match(/will be created/g)).toHaveLength(2);
    expect(shown).toContain('input  = "alone"');
    expect(shown).not.toContain("hidden");
  });

  test("the file that was checked is the file that is applied", async () => {
    app = makeApp({ alone: { input: "good" } });
    const digest = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
    let checked = "";
    let applied = "";
    await deploy(app, {
      check: (sources, options) => {
        checked = digest(sources[0]!.planFile!);
        return injectedCheck(sources, options);
      },
      approve: async ({ plans }) => {
        // The configuration changes while the question stands; the plan does not.
        app.write({ alone: { input: "forbidden" } });
        applied = digest(plans[0]!.planFile);
        return true;
      },
    });
    expect(applied).toBe(checked);
    expect(readFileSync(app.statePath("alone"), "utf8")).toContain('"good"');
  });

  test("plan plans and checks everything it can, applies nothing, and reports what has to wait", async () => {
    app = makeApp(chain);
    const texts: string[] = [];
    const { statuses, exitCode } = await deploy(app, {
      operation: "plan",
      onPlan: (_plan, text) => void texts.push(text),
    });
    expect(statuses).toEqual({ base: "planned", top: "waiting", alone: "planned" });
    expect(exitCode).toBe(0);
    expect(texts).toHaveLength(2);
    expect(app.state("base")).toBeUndefined();
  });

  test("destroy destroys dependents first", async () => {
    app = makeApp(chain);
    await deploy(app);
    const { statuses, exitCode, events } = await deploy(app, { operation: "destroy" });
    expect(statuses).toEqual({ base: "done", top: "done", alone: "done" });
    expect(exitCode).toBe(0);
    const begun = events.flatMap((event) =>
      event.type === "step-started" && event.step === "apply" ? [event.stack] : [],
    );
    expect(begun.indexOf("top")).toBeLessThan(begun.indexOf("base"));
    expect(app.state("base")).toEqual([]);
  });

  test.each([
    [{ stacks: ["top"], only: [] }, ["base", "top"]],
    [{ stacks: [], only: ["alone"] }, ["alone"]],
    [{ stacks: ["a*"], only: [] }, ["alone"]],
  ])("the selection %j deploys %j", async (selection, names) => {
    app = makeApp(chain);
    const { statuses } = await deploy(app, { selection });
    expect(Object.keys(statuses)).toEqual(names);
  });

  test("a stack that does not exist is reported, with those that do", async () => {
    app = makeApp(chain);
    await expect(deploy(app, { selection: { stacks: ["nope"], only: [] } })).rejects.toMatchObject({
      code: "StackNotFound",
      message: expect.stringContaining("base, top, alone"),
    });
  });

  test("variables and variable files reach the plan", async () => {
    const variable = { a: {}, b: {} };
    const resource = { terraform_data: { it: { input: "${var.a}${var.b}" } } };
    app = makeApp({ alone: { input: "x", resource, variable } as never });
    const file = join(app.root, "more.tfvars");
    writeFileSync(file, 'b = "den"');
    const { exitCode } = await deploy(app, { passed: { plan: ["-var=a=forbid", `-var-file=${file}`], apply: [] } });
    expect(exitCode).toBe(1);
  });

  test.each(["apply", ""])("TF_CLI_ARGS%s in the environment is refused before anything runs", async (suffix) => {
    app = makeApp(chain);
    const name = suffix === "" ? "TF_CLI_ARGS" : `TF_CLI_ARGS_${suffix}`;
    await expect(deploy(app, { env: { ...process.env, [name]: "-target=x" } })).rejects.toMatchObject({
      code: "EnvironmentRewritesCommands",
    });
    expect(existsSync(join(app.root, "cdktf.out"))).toBe(false);
  });

  test("an error annotation of the app stops the run with its text", async () => {
    const annotations = [{ level: "@cdktf/error", message: "not like this", constructPath: "alone/it" }];
    app = makeApp({ alone: { input: "x", annotations } });
    await expect(deploy(app)).rejects.toMatchObject({
      code: "SynthesisRefused",
      message: expect.stringContaining("not like this (at alone/it)"),
    });
  });

  test("an app that fails is reported with its exit code and its last output", async () => {
    app = makeApp(chain);
    writeFileSync(join(app.root, "app.js"), 'console.error("no such region"); process.exit(7)');
    await expect(deploy(app)).rejects.toMatchObject({
      code: "SynthesisFailed",
      message: expect.stringMatching(/exit code 7.*no such region/),
    });
  });

  test("an app that writes nothing does not fall back to the stacks of an earlier run", async () => {
    app = makeApp(chain);
    await deploy(app, { operation: "plan" });
    writeFileSync(join(app.root, "app.js"), "");
    await expect(deploy(app)).rejects.toMatchObject({ code: "SynthesisInvalid" });
  });

  test("another running process on the same project stops this run; an ended one is reported", async () => {
    app = makeApp({ alone: { input: "x" } });
    await deploy(app, { operation: "plan" });
    const lock = join(app.root, "cdktf.out", "anycast-run.json");
    const content = { host: hostname(), since: "2026-01-01T00:00:00Z", applying: ["alone"] };
    writeFileSync(lock, JSON.stringify({ ...content, pid: process.ppid }));
    await expect(deploy(app)).rejects.toMatchObject({ code: "AnotherRun" });
    writeFileSync(lock, JSON.stringify({ ...content, pid: 2 ** 22 + 1 }));
    const { exitCode, events } = await deploy(app);
    expect(exitCode).toBe(0);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "notice", message: expect.stringContaining("killed while it applied alone") }),
    );
    expect(existsSync(lock)).toBe(false);
  });

  test("no plan file is left behind, whatever the verdict", async () => {
    app = makeApp({ alone: { input: "forbidden" } });
    await deploy(app);
    expect(ownPrivateDirectories()).toEqual([]);
  });
});

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnycastEvent } from "../../../src/core/events";
import { run } from "../../../src/core/process";
import { terraformEnvironment } from "../../../src/core/terraform-binary";
import { applySaved, savePlans } from "../../../src/gate/stacks";
import { Interruption } from "../../../src/terraform";
import type { AppOnDisk } from "../../support/app";
import { deploy, makeApp } from "../../support/app";
import { injectedCheck } from "../../support/injected-check";
import { anycastTerraform } from "../../support/project";

const WAITS = { plan: ["-lock-timeout=120s"], apply: ["-lock-timeout=120s"] };

/** Longer than the ten seconds after which terraform first says that it is still at it. */
const SLOW = 16;
const slow = (input: string): object => ({
  terraform_data: { it: { input, provisioner: [{ "local-exec": { command: `sleep ${SLOW}` } }] } },
});

/** The tests mostly wait, so they wait at the same time: each has an app of its own. */
const apps: AppOnDisk[] = [];
afterAll(() => apps.forEach((app) => app.remove()));
function ownApp(...given: Parameters<typeof makeApp>): AppOnDisk {
  const app = makeApp(...given);
  apps.push(app);
  return app;
}
const messages = (events: readonly AnycastEvent[]): string[] =>
  events.flatMap((event) => (event.type === "notice" ? [event.message] : []));

/** Another run, which holds the lock of the state and changes it at its end. */
async function anotherRun(app: AppOnDisk): Promise<{ readonly ended: Promise<unknown> }> {
  const cwd = join(app.root, "other");
  await run("mkdir", ["-p", cwd]);
  const backend = { local: { path: app.statePath("base") } };
  writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ terraform: { backend }, resource: slow("other") }));
  const options = { cwd, env: terraformEnvironment() };
  expect((await run("terraform", ["init"], options)).exitCode).toBe(0);
  const ended = run("terraform", ["apply", "-auto-approve"], options);
  const lock = join(app.root, ".terraform.base.tfstate.lock.info");
  for (let waited = 0; !existsSync(lock) && waited < 30_000; waited += 50) await sleep(50);
  return { ended };
}

describe("a wait is always reported", () => {
  test.concurrent("for a lock, with who holds it, and since when", async () => {
    const app = ownApp({ base: { input: "base" } });
    await deploy(app, { operation: "plan" });
    const other = await anotherRun(app);
    const { events, exitCode } = await deploy(app, { operation: "plan", passed: WAITS });
    await other.ended;
    expect(exitCode).toBe(0);
    const waits = messages(events).filter((message) => message.startsWith("Waiting for the lock of the state of base"));
    expect(waits.length).toBeGreaterThan(1);
    expect(waits[0]).toMatch(/held by \S+@\S+ \(OperationTypeApply\) since \d{4}-\d\d-\d\dT/);
  });

  test.concurrent("for a lock, through anycast-terraform", async () => {
    const app = ownApp({ base: { input: "base" } });
    await deploy(app, { operation: "plan" });
    const other = await anotherRun(app);
    const cwd = join(app.root, "cdktf.out/stacks/base");
    const stack = {
      root: app.root,
      cwd,
      statePath: "",
      state: () => [],
      write: () => undefined,
      remove: () => undefined,
    };
    const { code, err } = await anycastTerraform(stack, ["plan", "-lock-timeout=120s"]);
    await other.ended;
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/Waiting for the lock of the state, \d+ s so far: held by \S+@/),
    ]);
  });

  test.concurrent("with the same code for a stale plan through anycast-terraform", async () => {
    const app = ownApp({ base: { input: "base" } });
    await deploy(app, { operation: "plan" });
    const cwd = join(app.root, "cdktf.out/stacks/base");
    const stack = {
      root: app.root,
      cwd,
      statePath: "",
      state: () => [],
      write: () => undefined,
      remove: () => undefined,
    };
    expect((await anycastTerraform(stack, ["plan", "-out=p"])).code).toBe(0);
    await deploy(app);
    const { code, err } = await anycastTerraform(stack, ["apply", "p"]);
    expect([code, err]).toEqual([1, expect.stringContaining("[PlanStale]")]);
  });

  test.concurrent("for a creation that takes long, with its address and the time so far", async () => {
    const app = ownApp({ base: { input: "base", resource: slow("x") } });
    const { events } = await deploy(app);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "progress", step: "apply", detail: "creating terraform_data.it, 10 s" }),
    );
  });

  test.concurrent(
    "with a code of its own for a plan that went stale meanwhile, and a suggested command that works",
    async () => {
      const app = ownApp({ base: { input: "base" } });
      const save = async (directory: string): Promise<void> => {
        const onAllowed = async (plans: Parameters<typeof savePlans>[1]): Promise<void> =>
          savePlans(directory, plans, undefined);
        expect((await deploy(app, { operation: "plan", onAllowed })).exitCode).toBe(0);
      };
      const apply = (directory: string): ReturnType<typeof applySaved> =>
        applySaved({
          directory,
          projectDirectory: app.root,
          env: process.env,
          emit: () => undefined,
          check: injectedCheck,
          approve: async () => true,
          interruption: new Interruption(),
          passed: WAITS,
        });
      await save(join(app.root, "plans"));
      const other = await anotherRun(app);
      const { exitCode, stacks } = await apply(join(app.root, "plans"));
      await other.ended;
      expect([exitCode, stacks[0]!.error?.code]).toEqual([2, "PlanStale"]);
      expect(stacks[0]!.error!.message).toContain("`anycast plan --save NEW` and run `anycast apply NEW`");
      await save(join(app.root, "new"));
      expect((await apply(join(app.root, "new"))).exitCode).toBe(0);
    },
  );
});

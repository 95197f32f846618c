import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeployOptions } from "../../src/gate/stacks";
import { applySaved, savePlans } from "../../src/gate/stacks";
import { Interruption } from "../../src/terraform";
import type { AppOnDisk } from "../support/app";
import { deploy, makeApp } from "../support/app";
import type { HttpState } from "../support/http-state";
import { startHttpState } from "../support/http-state";
import { injectedCheck } from "../support/injected-check";
import { addressesIn, paste } from "../support/project";

jest.setTimeout(120_000);

const BOTH = ["terraform_data.one", "terraform_data.two"];
const resource = {
  terraform_data: {
    one: { input: "1" },
    two: { input: "2", depends_on: ["terraform_data.one"], provisioner: [{ "local-exec": { command: "sleep 0.5" } }] },
  },
};

describe("a state server that fails or answers wrongly", () => {
  let server: HttpState;
  let app: AppOnDisk;
  let plans: string;
  beforeEach(async () => {
    server = await startHttpState();
    app = makeApp({ it: { input: "x", backend: server.backend, resource } });
    plans = join(realpathSync(mkdtempSync(join(tmpdir(), "anycast-plans-"))), "plans");
  });
  afterEach(async () => {
    app.remove();
    rmSync(join(plans, ".."), { recursive: true });
    await server.stop();
  });

  const lostOnceItBegan: Partial<DeployOptions> = {
    emit: ({ type }) => {
      if (type === "progress") server.cut();
    },
  };
  /** The commands that the message names, in its order; the lock that nobody could give back is freed by hand. */
  async function recover(message: string): Promise<void> {
    server.repair();
    const [, push] = /run `(cd .+ && terraform state push errored\.tfstate && rm errored\.tfstate)`/.exec(message)!;
    const directory = /only in (.+)\/errored\.tfstate\./.exec(message)![1]!;
    const { ID } = JSON.parse(server.lock()!) as { ID: string };
    expect((await paste(push!, app.root)).err).toMatch(new RegExp(`already locked:\\W+ID=${ID}`));
    expect((await paste(`terraform force-unlock ${ID}`, directory)).code).toBe(0);
    expect((await paste(push!, app.root)).code).toBe(0);
    expect(existsSync(join(directory, "errored.tfstate"))).toBe(false);
  }

  test("in the middle of an apply loses nothing: the state is kept, the next run refuses to go on without it, and the suggested command restores it", async () => {
    const lost = await deploy(app, lostOnceItBegan);
    const { code, message } = lost.stacks[0]!.error!;
    expect([lost.exitCode, code]).toEqual([2, "StateNotSaved"]);
    expect(server.state()).toBeUndefined();

    server.repair();
    const again = await deploy(app);
    expect([again.exitCode, again.stacks[0]!.error!.code]).toEqual([2, "StateNotSaved"]);
    expect(server.state()).toBeUndefined();

    await recover(message);
    expect(addressesIn(server.state()!)).toEqual(BOTH);
    expect((await deploy(app)).statuses).toEqual({ it: "unchanged" });
  });

  test("in the middle of applying saved plans keeps the state next to the saved plan", async () => {
    await deploy(app, { operation: "plan", onAllowed: async (all) => savePlans(plans, all, undefined) });
    const { stacks, exitCode } = await applySaved({
      ...lostOnceItBegan,
      emit: lostOnceItBegan.emit!,
      directory: plans,
      projectDirectory: app.root,
      env: process.env,
      check: injectedCheck,
      approve: async () => true,
      interruption: new Interruption(),
    });
    expect([exitCode, stacks[0]!.error!.code]).toEqual([2, "StateNotSaved"]);
    expect(readdirSync(join(plans, "it", "configuration"))).toContain("errored.tfstate");
    await recover(stacks[0]!.error!.message);
    expect(addressesIn(server.state()!)).toEqual(BOTH);
    expect((await deploy(app)).statuses).toEqual({ it: "unchanged" });
  });

  test.each([
    ["an error", { code: 500, body: "" }],
    ["a page that is not a state", { code: 200, body: "<html>maintenance</html>" }],
    ["a part of a state", { code: 200, body: '{"version":4,"ser' }],
    ["an empty body", { code: 200, body: "" }],
  ])("with %s as its answer is not planned against, and keeps its state unchanged", async (_what, answer) => {
    expect((await deploy(app)).exitCode).toBe(0);
    const before = server.state();
    server.answerInstead("GET", answer);
    const { exitCode, stacks } = await deploy(app);
    expect([exitCode, stacks[0]!.status]).toEqual([2, "failed"]);
    expect(stacks[0]!.error!.code).toBe(answer.code === 200 && answer.body === "" ? "StateEmptied" : "TerraformFailed");
    expect([server.state(), server.lock()]).toEqual([before, undefined]);
    server.answerInstead("GET", undefined);
    expect((await deploy(app)).statuses).toEqual({ it: "unchanged" });
  });

  test("that refuses to store the state leaves it in a local file, with a command that works once it stores again", async () => {
    server.answerInstead("POST", { code: 500, body: "" });
    const { exitCode, stacks } = await deploy(app);
    expect([exitCode, stacks[0]!.error!.code]).toEqual([2, "StateNotSaved"]);
    server.answerInstead("POST", undefined);
    expect(server.lock()).toBeUndefined();
    const [, push] = /run `(cd .+ rm errored\.tfstate)`/.exec(stacks[0]!.error!.message)!;
    expect((await paste(push!, app.root)).code).toBe(0);
    expect((await deploy(app)).statuses).toEqual({ it: "unchanged" });
  });
});

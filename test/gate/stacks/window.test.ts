import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitForWindow } from "../../../src/gate/stacks/window";
import { Interruption } from "../../../src/terraform";
import type { AppOnDisk } from "../../support/app";
import { deploy, makeApp } from "../../support/app";
import { injectedCheck } from "../../support/injected-check";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

describe("change windows", () => {
  let app: AppOnDisk;
  beforeEach(() => (app = makeApp({ it: { input: "good" } })));
  afterEach(() => app.remove());
  const window = (days: readonly string[]): void =>
    writeFileSync(
      join(app.root, "anycast.yaml"),
      `windows:\n  - days: [${days.join(", ")}]\n    from: "00:00"\n    to: "00:00"\n    time_zone: UTC\n`,
    );
  const options = (): Parameters<typeof waitForWindow>[0] & { told: string[] } => {
    const told: string[] = [];
    const emit = (event: { type: string; message?: string }): void => void told.push(event.message ?? "");
    return { projectDirectory: app.root, env: {}, emit, interruption: new Interruption(), told };
  };

  test("an open window, or none, is not waited for", async () => {
    await waitForWindow(options());
    window(DAYS);
    await waitForWindow(options());
  });

  test("a closed one is waited for with a countdown, until it opens", async () => {
    window(["sat"]);
    const times = ["2026-01-02T23:59:59.950Z", "2026-01-03T00:00:00.000Z"].map((time) => new Date(time));
    const waiting = options();
    await waitForWindow(waiting, () => times.shift()!);
    expect(waiting.told).toEqual([expect.stringMatching(/^Waiting for the change window: it opens Sat.* in 1 min\.$/)]);
  });

  test("a signal ends the wait with a message", async () => {
    window(["sat"]);
    const waiting = options();
    const ended = waitForWindow(waiting, () => new Date("2026-01-01T00:00:00Z"));
    setTimeout(() => waiting.interruption.raise("SIGINT"), 20);
    await expect(ended).rejects.toMatchObject({ code: "Interrupted" });
  });

  test("a verdict from an open window does not count once it has closed: the plan is checked again", async () => {
    const today = new Date().getUTCDay();
    window([DAYS[(today + 3) % 7]!]);
    const check = jest.fn(injectedCheck);
    check.mockImplementationOnce(injectedCheck);
    check.mockImplementationOnce(async (sources, given) => {
      const report = await injectedCheck(sources, given);
      return { ...report, verdict: "denied", plans: report.plans.map((plan) => ({ ...plan, verdict: "denied" })) };
    });
    const { statuses, exitCode } = await deploy(app, { check });
    expect(statuses).toEqual({ it: "denied" });
    expect(exitCode).toBe(1);
    expect(app.state("it")).toBeUndefined();
  });

  test("a stack whose runs happen on a server is refused, because the gate cannot run there", async () => {
    app.write({ it: { input: "x", backend: { remote: { organization: "o", workspaces: { name: "w" } } } } });
    const { stacks, exitCode } = await deploy(app);
    expect(exitCode).toBe(2);
    expect(stacks[0]!.error).toMatchObject({ code: "PolicyRunsOnServer" });
  });
});

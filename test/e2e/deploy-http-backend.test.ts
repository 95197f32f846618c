import type { AppOnDisk } from "../support/app";
import { deploy, makeApp } from "../support/app";
import type { HttpState } from "../support/http-state";
import { startHttpState } from "../support/http-state";
import { addressesIn, paste } from "../support/project";

const WAITS = { plan: ["-lock-timeout=60s"], apply: ["-lock-timeout=60s"] };

jest.setTimeout(120_000);

/** Two machines are two directories here: each with its own copy of the project, and one state on a server. */
describe("deploying from two machines to one state with a lock", () => {
  let server: HttpState;
  let here: AppOnDisk;
  let there: AppOnDisk;
  const slow = (input: string): object => ({
    terraform_data: { [input]: { input, provisioner: [{ "local-exec": { command: "sleep 2" } }] } },
  });
  beforeEach(async () => {
    server = await startHttpState();
    const { backend } = server;
    here = makeApp({ it: { input: "x", backend, resource: slow("one") } });
    there = makeApp({ it: { input: "x", backend, resource: slow("one") } });
  });
  afterEach(async () => {
    here.remove();
    there.remove();
    await server.stop();
  });

  test("one succeeds, and the other stops cleanly and says how to go on", async () => {
    // The other one is turned away, and asks who it was: so long is the lock held.
    server.keepLockUntilTurnedAway(2);
    const results = await Promise.all([deploy(here), deploy(there)]);
    expect(results.map(({ exitCode }) => exitCode).sort()).toEqual([0, 2]);
    const error = results.find(({ exitCode }) => exitCode === 2)!.stacks[0]!.error!;
    expect(error.code).toBe("StateLocked");
    expect(error.message).toMatch(
      /locked by \S+@\S+ \(OperationType.*since 2.*--lock-timeout=5m.*force-unlock [0-9a-f-]{36}/,
    );
    expect(addressesIn(server.state()!)).toEqual(["terraform_data.one"]);
  });

  test("a run refused because of a lock that was freed since says to run again, which works", async () => {
    server.turnAwayOnce();
    const { exitCode, stacks } = await deploy(here);
    expect([exitCode, stacks[0]!.error!.code]).toEqual([2, "StateLocked"]);
    expect(stacks[0]!.error!.message).toContain("released it since. Nothing was changed. Fix: run the same command");
    expect(server.lock()).toBeUndefined();
    expect((await deploy(here)).statuses).toEqual({ it: "done" });
  });

  test("with --lock-timeout the second waits, and no change is lost: terraform refuses a plan that went stale", async () => {
    const [first, second] = await Promise.all([deploy(here, { passed: WAITS }), deploy(there, { passed: WAITS })]);
    const codes = [first.exitCode, second.exitCode].sort();
    expect([
      [0, 0],
      [0, 2],
    ]).toContainEqual(codes);
    expect(server.turnedAway()).toBeGreaterThan(0);
    expect(addressesIn(server.state()!)).toEqual(["terraform_data.one"]);
    expect((await deploy(there)).statuses).toEqual({ it: "unchanged" });
  });

  test("a lock left by a killed run is explained, with the right id to release it", async () => {
    server.lockFor("ci@runner-7");
    const { exitCode, stacks } = await deploy(here);
    expect(exitCode).toBe(2);
    const { message } = stacks[0]!.error!;
    // Terraform itself names us as the owner here; its http backend does not pass the real one on.
    expect(message).toContain("locked by ci@runner-7 (OperationTypeApply, since 2026-01-01T00:00:00Z)");
    expect(server.state()).toBeUndefined();
    const [, free, directory] = /`(terraform force-unlock \S+)` in (.+)\.$/.exec(message)!;
    expect(free).toBe("terraform force-unlock 11111111-2222-3333-4444-555555555555");
    expect((await paste(free!, directory!)).code).toBe(0);
    expect((await deploy(here)).statuses).toEqual({ it: "done" });
  });

  test("a lost connection before the apply changes nothing", async () => {
    const { exitCode } = await deploy(here, {
      approve: async () => {
        server.cut();
        return true;
      },
    });
    expect(exitCode).toBe(2);
    expect(server.state()).toBeUndefined();
  });
});

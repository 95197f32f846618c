import { isAlive } from "../../src/core/process-identity";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY, RESOURCES } from "../support/cloud-project";

jest.setTimeout(180_000);

const DEPLOY = ["deploy", "--auto-approve", "--events", "events.jsonl"];

describe("anycast deploy, killed at every step", () => {
  let project: CloudProject;
  afterEach(() => project.stop());

  /** Starts a deploy and sends `signal` as soon as the event log shows `mark`; returns its exit code. */
  async function interruptAt(mark: string, signal: NodeJS.Signals): Promise<number | null> {
    const child = spawn(join(REPOSITORY, "bin/anycast"), DEPLOY, {
      cwd: project.root,
      env: project.env,
      stdio: "ignore",
    });
    const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
    const log = join(project.root, "events.jsonl");
    const seen = (): boolean => existsSync(log) && readFileSync(log, "utf8").includes(mark);
    while (!seen() && child.exitCode === null) await sleep(5);
    child.kill(signal);
    return ended;
  }

  /** Terraform may go on in a session of its own after we were killed. */
  async function settled(): Promise<void> {
    const temporary = project.env.TMPDIR!;
    const pids = readdirSync(temporary)
      .filter((name) => name.startsWith("anycast-run-"))
      .flatMap((name) => {
        try {
          return readFileSync(join(temporary, name, "pids"), "utf8")
            .trim()
            .split("\n")
            .map(Number);
        } catch {
          return [];
        }
      });
    while (pids.some(isAlive)) await sleep(50);
  }

  // Between these steps no terraform runs, or it is not what is told of: killed-everywhere.test.ts has the others.
  const marks: readonly (readonly [string, string])[] = [
    ["synth is done", '"step-done","step":"synth"'],
    ["the check begins", '"step-started","step":"check"'],
    ["three resources exist", '"done":3,'],
    ["the apply is done", '"step-done","step":"apply"'],
  ];

  test.each(marks)("SIGKILL when %s: the next deploy succeeds and nothing is created twice", async (_what, mark) => {
    project = await makeCloudProject({ it: { type: "intranet" } }, { speed: 10 });
    await interruptAt(mark, "SIGKILL");
    await settled();
    if (existsSync(project.statePath("it"))) expect(statSync(project.statePath("it")).size).toBeGreaterThan(0);
    let again = await project.anycast(DEPLOY);
    // A terraform that was started in the very moment of the kill may still be running; it is said, and waiting helps.
    for (let tries = 0; tries < 20 && again.code === 2 && /lock/i.test(again.err); tries++) {
      await sleep(500);
      again = await project.anycast(DEPLOY);
    }
    expect(again.err + again.out).not.toContain("InternalError");
    expect(again.code).toBe(0);
    expect(project.state("it")).toHaveLength(RESOURCES);
    const kinds = project.sandbox.status().objects.map(({ kind }) => kind);
    for (const kind of ["vpc", "vswitch", "load-balancer", "anycast-eip"]) {
      expect([kind, kinds.filter((one) => one === kind).length]).toEqual([kind, 1]);
    }
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s in the middle of an apply ends with exit code 2, a state that holds what was done, and a suggested command that works",
    async (signal) => {
      project = await makeCloudProject({ it: { type: "intranet" } }, { speed: 10 });
      expect(await interruptAt('"done":1,', signal)).toBe(2);
      expect(project.state("it")!.length).toBeGreaterThan(0);
      const again = await project.anycast(DEPLOY);
      expect(again.code).toBe(0);
      expect(project.state("it")).toHaveLength(RESOURCES);
      expect(project.sandbox.status().objects.filter(({ kind }) => kind === "vpc")).toHaveLength(1);
    },
  );
});

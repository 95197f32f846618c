import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { run } from "../../src/core/process";
import { MiniProject, told } from "./mini-project";

jest.setTimeout(120_000);

let project: MiniProject;
let running: ChildProcess[] = [];
beforeEach(() => void (project = new MiniProject()));
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running = [];
  if (works()) kill(Number(readFileSync(project.path("working"), "utf8")));
  project.remove();
});

/** Says it works, in a file, and never ends by itself. */
const ENDLESS = 'require("node:fs").writeFileSync("working", String(process.pid)); setInterval(() => {}, 1000);';

function begin(env: NodeJS.ProcessEnv): { child: ChildProcess; ended: Promise<NodeJS.Signals | number | null> } {
  const child = spawn(process.execPath, [project.path("tools/bootstrap.cjs"), "setup"], {
    cwd: project.directory,
    env,
    stdio: "ignore",
  });
  running.push(child);
  return { child, ended: new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code))) };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await pause(25);
  expect(condition()).toBe(true);
}

const works = (): boolean =>
  existsSync(project.path("working")) && readFileSync(project.path("working"), "utf8") !== "";
const kill = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
};
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
};
const WHOLE = { exitCode: 0, stderr: expect.stringContaining("set-up: compilation … (TIME)\n") as string };

describe("Two set-ups at once", () => {
  it("do not conflict: the second says which process is running, and exits 2", async () => {
    const first = begin(project.insteadOfNpm(ENDLESS));
    await until(works);
    expect(told(await project.bootstrap(["setup"]))).toEqual({
      exitCode: 2,
      stderr: `Another set-up works in this directory (process ${first.child.pid}). Fix: wait until it is done, then run the command again.\n`,
    });
  });

  it("started together result in one set-up, and all others say so", async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => project.bootstrap(["setup"])));
    for (const ended of all.map(told)) {
      if (ended.exitCode === 0) continue;
      expect(ended).toEqual({ exitCode: 2, stderr: expect.stringMatching(/^Another set-up works in this directory/) });
    }
    expect(all.some((ended) => ended.exitCode === 0)).toBe(true);
    expect(told(await project.bootstrap(["setup"]))).toEqual({ exitCode: 0, stderr: "set-up: nothing to do (TIME)\n" });
  });

  it("do not wait for each other when there is nothing to do", async () => {
    await project.bootstrap(["setup"]);
    const all = await Promise.all(Array.from({ length: 3 }, () => project.bootstrap(["setup"])));
    expect(all.map((ended) => ended.exitCode)).toEqual([0, 0, 0]);
  });
});

describe("A set-up that is interrupted", () => {
  it("by SIGKILL while npm runs blocks nothing: the next one stops the orphaned npm and starts again", async () => {
    const { child, ended } = begin(project.insteadOfNpm(ENDLESS));
    await until(works);
    const orphan = Number(readFileSync(project.path("working"), "utf8"));
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    expect(alive(orphan)).toBe(true);
    expect(told(await project.bootstrap(["setup"]))).toEqual(WHOLE);
    expect(alive(orphan)).toBe(false);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("by %s stops its child process and releases the lock", async (signal) => {
    const { child, ended } = begin(project.insteadOfNpm(ENDLESS));
    await until(works);
    const npm = Number(readFileSync(project.path("working"), "utf8"));
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGINT" ? 130 : 143);
    await until(() => !alive(npm));
    expect(existsSync(project.path(".setup/lock.json"))).toBe(false);
    expect(told(await project.bootstrap(["setup"]))).toEqual(WHOLE);
  });

  it("at any moment, with the real npm, succeeds the next time", async () => {
    for (const delay of [60, 150, 300, 450, 600, 800, 1000]) {
      const { child, ended } = begin(project.env());
      await pause(delay);
      child.kill("SIGKILL");
      await ended;
    }
    expect((await project.bootstrap(["setup"])).exitCode).toBe(0);
    expect(told(await project.bootstrap(["setup"])).stderr).toBe("set-up: nothing to do (TIME)\n");
    expect(readdirSync(project.path(".setup")).sort()).toEqual(["bindings.json", "compile.json"]);
  });

  it("after npm had removed packages, but not its record of them, installs them again", async () => {
    await project.bootstrap(["setup"]);
    const record = project.path("node_modules/.package-lock.json");
    const whole = readFileSync(record, "utf8");
    // For a while the lockfile asks for something else, and npm begins to change what is there.
    writeFileSync(record, whole.replace('"node_modules/tsx"', '"node_modules/other"'));
    const { child, ended } = begin(
      project.insteadOfNpm(`require("node:fs").rmSync("node_modules/jest", { force: true });${ENDLESS}`),
    );
    await until(works);
    child.kill("SIGKILL");
    await ended;
    if (existsSync(record)) writeFileSync(record, whole);
    expect((await project.bootstrap(["test"])).stdout.toString()).toBe("jest []\n");
  });
});

describe("A full disk", () => {
  it("is reported in one sentence at any step, and never as a stack trace", async () => {
    const small = mkdtempSync(join(tmpdir(), "small-"));
    const mounted = (await run("mount", ["-t", "tmpfs", "-o", "size=220k", "tmpfs", small])).exitCode === 0;
    try {
      // Without the right to mount, the same sentence is asked for a real ENOSPC, from /dev/full.
      const target = mounted ? small : project.directory;
      if (mounted) execFileSync("cp", ["-a", `${project.directory}/.`, small]);
      if (mounted) execFileSync("sh", ["-c", `cat /dev/zero > ${small}/filler 2>/dev/null; true`]);
      const env = mounted
        ? project.env()
        : project.insteadOfNpm('require("node:fs").writeSync(require("node:fs").openSync("/dev/full", "w"), "x");');
      const ended = told(
        await run(process.execPath, [join(target, "tools", "bootstrap.cjs"), "setup"], { cwd: target, env }),
      );
      expect(ended.exitCode).toBe(2);
      expect(ended.stderr).toContain("The disk is full (ENOSPC). Fix: free some disk space");
      expect(ended.stderr).not.toMatch(/\n\s+at /);
    } finally {
      if (mounted) await run("umount", [small]);
      rmSync(small, { recursive: true, force: true });
    }
  });
});

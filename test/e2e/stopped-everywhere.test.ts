import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { AppOnDisk } from "../support/app";
import { makeApp } from "../support/app";
import { REPOSITORY } from "../support/cloud-project";
import { paste } from "../support/project";

const KILLER = join(__dirname, "support/killing-terraform.sh");

let app: AppOnDisk;
beforeEach(() => {
  app = makeApp({ it: { input: "x" } });
  mkdirSync(join(app.root, "tmp"));
});
afterEach(() => app.remove());

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function go(program: string, cwd: string, args: readonly string[], step = "", signal = ""): Ended {
  const env = {
    ...process.env,
    CI: "1",
    TMPDIR: join(app.root, "tmp"),
    ANYCAST_TERRAFORM: KILLER,
    KILL_STEP: step,
    KILL_WHEN: "begin",
    KILL_WHO: "gate",
    KILL_SIGNAL: signal,
    KILL_ONCE: join(app.root, "killed"),
  };
  const ended = spawnSync(join(REPOSITORY, "bin", program), args, { cwd, env, encoding: "utf8" });
  return { code: ended.status, text: ended.stdout + ended.stderr };
}

/** What a run that ended in order leaves nothing of. */
const leftOver = (): string[] =>
  [...readdirSync(app.root), ...readdirSync(join(app.root, "tmp")), ...readdirSync(join(app.root, "cdktf.out"))].filter(
    (name) => /\.apply$|anycast-run|lock\.info/.test(name),
  );

type Stop = readonly [step: string, signal: string];
const STOPS: readonly Stop[] = [
  ["plan", "INT"],
  ["plan", "HUP"],
  ["show", "INT"],
  ["show", "TERM"],
  ["apply", "INT"],
  ["apply", "TERM"],
  ["apply", "HUP"],
];

describe("a signal at a step ends the run cleanly, with a suggested command that works:", () => {
  test.each<Stop>([["init", "INT"], ["init", "TERM"], ...STOPS, ["output", "TERM"]])(
    "anycast deploy, at %s: SIG%s",
    (step, signal) => {
      const deploy = (...how: readonly string[]): Ended =>
        go("anycast", app.root, ["deploy", "--auto-approve"], ...how);
      const stopped = deploy(step, signal);
      expect(existsSync(join(app.root, "killed"))).toBe(true);
      const code = step === "apply" ? "ApplyInterrupted" : "Interrupted";
      expect([stopped.code, stopped.text]).toEqual([
        2,
        expect.stringMatching(new RegExp(`Stopped by SIG${signal}.*run the same command again.*\\[${code}\\]`)),
      ]);
      expect(leftOver()).toEqual([]);
      expect(deploy().code).toBe(0);
      expect(app.state("it")).toEqual(["terraform_data.it"]);
    },
  );

  test.each(STOPS)("anycast-terraform apply, at %s: SIG%s", async (step, signal) => {
    expect((await paste("CDKTF_OUTDIR=cdktf.out node app.js", app.root)).code).toBe(0);
    const stack = join(app.root, "cdktf.out/stacks/it");
    expect((await paste("terraform init", stack)).code).toBe(0);
    const apply = (...how: readonly string[]): Ended =>
      go("anycast-terraform", stack, ["apply", "-auto-approve", "-no-color"], ...how);
    const stopped = apply(step, signal);
    expect(existsSync(join(app.root, "killed"))).toBe(true);
    expect(stopped.code).not.toBe(0);
    expect(stopped.text).toMatch(/Stopped by .*run the same command again/);
    expect(leftOver()).toEqual([]);
    expect(apply().code).toBe(0);
    expect(app.state("it")).toEqual(["terraform_data.it"]);
  });
});

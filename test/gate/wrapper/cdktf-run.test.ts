import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findCdktfRun } from "../../../src/gate/wrapper/cdktf-run";
import type { WrapperContext } from "../../../src/gate/wrapper/context";
import type { CdktfRun } from "../../../src/gate/wrapper/cdktf-run";
import type { RunVerdict } from "../../../src/gate/wrapper/run-verdict";
import { verdictOf } from "../../../src/gate/wrapper/run-verdict";

const FRONT = join(__dirname, "../../../bin/anycast-terraform");
const CDKTF = { TF_APPEND_USER_AGENT: "cdktf/0.21.0 (+https://example.invalid)" };
const ALLOWED: RunVerdict = { denied: [], report: undefined };

describe("the stacks of one cdktf run", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = join(realpathSync(mkdtempSync(join(tmpdir(), "anycast run "))), "cdktf.out");
    for (const name of ["alpha", "beta", "gamma"]) mkdirSync(join(outdir, "stacks", name), { recursive: true });
  });
  afterEach(() => rmSync(join(outdir, ".."), { recursive: true, force: true }));

  const stack = (name: string): string => join(outdir, "stacks", name);
  /** As cdktf does it: this process starts the front once per stack. */
  const init = (name: string, more: NodeJS.ProcessEnv = CDKTF): void => {
    const env = { ...process.env, ...more, ANYCAST_TERRAFORM: "true" };
    const { status, stderr } = spawnSync(FRONT, ["init"], { cwd: stack(name), env, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  };
  const find = (name: string, more: Partial<WrapperContext> = {}): CdktfRun | undefined =>
    findCdktfRun(stack(name), { env: CDKTF, parent: process.pid, ...more } as WrapperContext);

  test("are those that this cdktf process has initialised", () => {
    for (const name of ["alpha", "beta"]) init(name);
    expect(find("beta")).toMatchObject({ own: "beta", outdir, stacks: ["alpha", "beta"] });
  });

  test("are ignored when there is only one, when terraform is run by hand, and by another cdktf process", () => {
    init("alpha");
    expect(find("alpha")).toBeUndefined();
    init("beta", { TF_APPEND_USER_AGENT: "" });
    expect(find("beta")).toBeUndefined();
    init("beta");
    expect(find("alpha", { env: {} })).toBeUndefined();
    expect(find("alpha", { parent: process.ppid })).toBeUndefined();
    expect(find("gamma")).toBeUndefined();
  });

  test("are recorded again after a check, because cdktf watch deploys repeatedly", async () => {
    for (const name of ["alpha", "beta"]) init(name);
    const first = find("alpha")!;
    await verdictOf(
      first,
      () => Promise.resolve(ALLOWED),
      () => false,
    );
    for (const name of ["beta", "gamma"]) init(name);
    expect(find("gamma")).toMatchObject({ stacks: ["beta", "gamma"] });
    expect(existsSync(`${first.base}.checked`)).toBe(false);
  });

  test("leave nothing behind: the records of a run that has ended are removed", () => {
    for (const name of ["alpha", "beta"]) init(name);
    const dead = spawnSync("true").pid;
    mkdirSync(join(outdir, `anycast-cdktf-${dead}-1.turn-0`));
    writeFileSync(join(outdir, `anycast-cdktf-${dead}-1`), "alpha\nbeta\n");
    expect(find("alpha")).toBeDefined();
    expect(readdirSync(outdir).filter((name) => name.includes(`cdktf-${dead}-`))).toEqual([]);
  });

  test("are checked once, and waiting processes get the same verdict", async () => {
    const run = { base: join(outdir, "anycast-cdktf-1-1"), outdir, own: "alpha", stacks: ["alpha", "beta"] };
    let checks = 0;
    // Another process is at it, and is killed: the next one takes over.
    const other = spawn("sleep", ["60"]);
    mkdirSync(`${run.base}.turn-0`);
    writeFileSync(join(`${run.base}.turn-0`, "pid"), String(other.pid));
    const verdict = verdictOf(
      run,
      () => Promise.resolve({ ...ALLOWED, denied: [`beta${++checks}`] }),
      () => false,
    );
    await sleep(120);
    expect(checks).toBe(0);
    other.kill("SIGKILL");
    expect((await verdict)!.denied).toEqual(["beta1"]);
    const second = await verdictOf(
      run,
      () => Promise.reject(new Error("it is there already")),
      () => false,
    );
    expect(second!.denied).toEqual(["beta1"]);
  });

  test("are not waited for after a signal, and a verdict that cannot be read does not count", async () => {
    const run = { base: join(outdir, "anycast-cdktf-1-1"), outdir, own: "alpha", stacks: ["alpha", "beta"] };
    expect(
      await verdictOf(
        run,
        () => Promise.resolve(ALLOWED),
        () => true,
      ),
    ).toBeUndefined();
    writeFileSync(`${run.base}.checked`, "{}");
    await expect(
      verdictOf(
        run,
        () => Promise.resolve(ALLOWED),
        () => false,
      ),
    ).rejects.toMatchObject({ code: "RunVerdictInvalid" });
  });
});

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../support/cloud-project";
import { makeApp } from "../support/app";
import type { StackOnDisk } from "../support/project";
import { dataStack, makeStack } from "../support/project";

jest.setTimeout(60_000);

const FRONT = join(REPOSITORY, "bin/anycast-terraform");
const APPLY = [FRONT, "apply", "-auto-approve", "-no-color"];
/** A state of this does not fit into 8 KiB; its plan does. */
const BIG = "x".repeat(9_000);

describe("a full disk", () => {
  let stack: StackOnDisk;
  beforeEach(async () => {
    stack = await makeStack(dataStack("good"));
    mkdirSync(join(stack.root, "tmp"));
  });
  afterEach(() => stack.remove());

  const shell = (script: string, args: readonly string[] = []): { code: number | null; out: string; err: string } => {
    const env = { ...process.env, TMPDIR: join(stack.root, "tmp") };
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script, "sh", ...args], {
      cwd: stack.cwd,
      env,
      encoding: "utf8",
    });
    return { code: status, out: stdout, err: stderr };
  };
  const apply = (): ReturnType<typeof shell> => shell('exec "$@"', APPLY);
  /** As on a full disk, no file can grow beyond this many half KiB. */
  const applyWithin = (blocks: number): ReturnType<typeof shell> => shell(`ulimit -f ${blocks}; exec "$@"`, APPLY);

  test("before the apply: nothing is started without space for the state", () => {
    expect(apply().code).toBe(0);
    stack.write(dataStack("new"));
    const state = readFileSync(stack.statePath);
    // A state as large as what is free, made of nothing.
    const { bavail, bsize } = statfsSync(stack.root);
    truncateSync(stack.statePath, Math.min(bavail * bsize, 2 ** 40));
    const refused = apply();
    writeFileSync(stack.statePath, state);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("[DiskFull]");
    expect(refused.err).toContain("Nothing was changed. Fix: free some space there and run the same command again.");
    expect(apply().code).toBe(0);
  });

  test.each([0, 1, 2, 4])(
    "with %i half KiB free: no plan can be saved, nothing is applied, and the next run works",
    (blocks) => {
      expect(apply().code).toBe(0);
      const before = readFileSync(stack.statePath);
      stack.write(dataStack(BIG));
      const { code, err } = applyWithin(blocks);
      expect(code).not.toBe(0);
      expect(err).not.toBe("");
      expect(readFileSync(stack.statePath).equals(before)).toBe(true);
      expect(apply().code).toBe(0);
      expect(readFileSync(stack.statePath, "utf8")).toContain(BIG);
    },
  );

  test("in the middle of an apply: the state is printed, the next run refuses, and its suggested fix works", () => {
    stack.write(dataStack(BIG));
    // The gate keeps what terraform prints in a file, which this limit would cut off too: so without it.
    const full = shell("terraform plan -out=p >/dev/null && ulimit -f 16 && exec terraform apply -no-color p");
    expect(full.code).toBe(1);
    expect(existsSync(stack.statePath)).toBe(true);
    const printed = full.err.slice(full.err.indexOf("{\n"), full.err.lastIndexOf("\n}\n") + 2);
    expect(JSON.parse(printed)).toHaveProperty("resources.0.type", "terraform_data");
    const id = (JSON.parse(printed) as { resources: { instances: { attributes: { id: string } }[] }[] }).resources[0]!
      .instances[0]!.attributes.id;

    const next = apply();
    expect(next.code).toBe(2);
    expect(next.err).toContain("[StateNotSaved]");
    expect(next.err).toContain("copy that output from its first { to its last } into the file");
    writeFileSync(join(stack.cwd, "errored.tfstate"), printed);
    const advice = /run `([^`]+)`/.exec(next.err.replace(/\s*│\s*/g, " ").replace(/\s+/g, " "))![1]!;
    expect(shell(advice)).toMatchObject({ code: 0 });
    const done = apply();
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining("No changes.") });
    expect(readFileSync(stack.statePath, "utf8")).toContain(id);
  });

  test("with a truncated state: it is not used, and the suggested fix works", () => {
    expect(apply().code).toBe(0);
    stack.write(dataStack("second"));
    expect(apply().code).toBe(0);
    truncateSync(stack.statePath, 100);
    const refused = apply();
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("[StateEmptied]") });
    expect(shell(/with `(cp [^`]+)`/.exec(refused.err)![1]!).code).toBe(0);
    expect(apply().code).toBe(0);
    expect(readFileSync(stack.statePath, "utf8")).toContain("second");
  });

  test("with a report that cannot be written: the exit code is not 0", () => {
    expect(apply().code).toBe(0);
    const check = `terraform plan -out=p >/dev/null && exec "$@"`;
    const anycast = [join(REPOSITORY, "bin/anycast"), "check", "p", "--format", "json"];
    expect(shell(check, anycast).code).toBe(0);
    expect(shell(`${check} >/dev/full`, anycast).code).toBe(2);
  });

  test("with an event log that cannot be written: the deploy goes on and says so", () => {
    const app = makeApp({ it: { input: "x" } });
    const deploy = `cd '${app.root}' && exec "$@"`;
    const args = [join(REPOSITORY, "bin/anycast"), "deploy", "--auto-approve", "--events", "/dev/full"];
    const { code, err } = shell(deploy, args);
    const state = app.state("it");
    app.remove();
    expect([code, state]).toEqual([0, ["terraform_data.it"]]);
    expect(
      err.match(/Warning: Events are no longer written to \/dev\/full: .*ENOSPC.*The run goes on\./g),
    ).toHaveLength(1);
  });

  test("with output that cannot be written: the apply goes on", () => {
    expect(shell('exec "$@" >/dev/full 2>/dev/full', APPLY).code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.it"]);
  });
});

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY, RESOURCES } from "../support/cloud-project";

jest.setTimeout(120_000);

describe("the anycast command in the sandbox", () => {
  let project: CloudProject;
  afterEach(() => project.stop());

  test("deploy applies what was proven, prints results on stdout alone and logs every event", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } });
    const { code, out, err } = await project.anycast([
      "deploy",
      "--auto-approve",
      "--format",
      "json",
      "--events",
      "log.jsonl",
      "--outputs-file",
      "out.json",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      operation: "deploy",
      exitCode: 0,
      stacks: [{ stack: "good", status: "done", changes: { add: RESOURCES, change: 0, remove: 0 } }],
      check: { verdict: "allowed", plans: [{ bindings: 1 }] },
    });
    expect(err).toContain("This is the sandbox");
    const events = readFileSync(join(project.root, "log.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { at: number; type: string; step?: string });
    expect(events.every(({ at }) => at > 0)).toBe(true);
    const steps = events.filter(({ type }) => type === "step-done").map(({ step }) => step);
    expect(steps).toEqual(["synth", "init", "plan", "check", "apply", "proof"]);
    expect(events.filter(({ type }) => type === "progress")).toHaveLength(RESOURCES);
    expect(JSON.parse(readFileSync(join(project.root, "out.json"), "utf8"))).toHaveProperty("good.anycast_id");
  });

  test("one bad stack stops the good one too, before anything is applied", async () => {
    project = await makeCloudProject({ good: { type: "intranet" }, bad: { type: "internet" } });
    const { code, out } = await project.anycast(["deploy", "--auto-approve"]);
    expect(code).toBe(1);
    expect(out).toContain("binding/internal-only");
    expect(out).toMatch(/good +not done: another stack's plan was not allowed/);
    expect(existsSync(project.statePath("good"))).toBe(false);
    expect(project.sandbox.status().objects.filter(({ kind }) => kind === "anycast-eip")).toEqual([]);
  });

  test("plans are checked in one job and applied once in another, with signed receipts", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } });
    expect((await project.anycast(["keys", "new", "r.key"])).code).toBe(0);
    expect((await project.anycast(["plan", "--save", "plans", "--sign-key", "r.key"])).code).toBe(0);
    rmSync(join(project.root, "cdktf.out"), { recursive: true });
    const apply = ["apply", "plans", "--require-receipt", "r.key.pub", "--auto-approve"];
    expect((await project.anycast(apply)).code).toBe(0);
    expect(project.state("good")).toHaveLength(RESOURCES);
    const replayed = await project.anycast(apply);
    expect(replayed.code).toBe(1);
    expect(replayed.err).toContain("[ReceiptUsed]");
  });

  test("sandbox passes the exit code of its command on, and puts the gate in terraform's place", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } });
    const outside = { ...process.env, CI: "1", TERRAFORM_BINARY_NAME: "" };
    const sandbox = (command: string): ReturnType<CloudProject["anycast"]> =>
      project.anycast(["sandbox", "--directory", "other", "--", "sh", "-c", command], { env: outside });
    expect((await sandbox("exit 7")).code).toBe(7);
    expect((await sandbox("kill -TERM $$")).code).toBe(143);
    const { out } = await sandbox('echo "$TERRAFORM_BINARY_NAME $ANYCAST_SANDBOX"; command -v anycast-terraform');
    expect(out).toBe(
      `anycast-terraform ${join(project.root, "other")}\n${join(REPOSITORY, "bin/anycast-terraform")}\n`,
    );
    const status = await project.anycast(["sandbox", "status", "--directory", "other", "--format", "json"]);
    expect(JSON.parse(status.out)).toMatchObject({ simulated: true });
  });

  test("a serving sandbox prints variables for the shell, and stops at a signal", async () => {
    project = await makeCloudProject({ good: { type: "intranet" } });
    const script = `"${join(REPOSITORY, "bin/anycast")}" sandbox --directory served > vars.sh & pid=$!
      while [ ! -s vars.sh ]; do sleep 0.1; done; . ./vars.sh
      anycast deploy --auto-approve > result.txt; code=$?; kill $pid; wait $pid; echo "$code $?"`;
    const env = { ...process.env, CI: "1", TERRAFORM_BINARY_NAME: "" };
    const { stdout } = await run("bash", ["-c", script], { cwd: project.root, env });
    expect(stdout.toString()).toBe("0 0\n");
  });
});

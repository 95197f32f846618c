import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { readCloud } from "alicloud-sandbox";
import { REQUIRED } from "../../packages/sandbox/test/provider/support/workspace";

jest.setTimeout(120_000);

const ANYCAST = join(__dirname, "../../bin/anycast");
const CONFIGURATION = `${REQUIRED}
provider "alicloud" {
  region = "ap-southeast-1"
}
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "ap-southeast-1a"
}
`;

describe("anycast sandbox as a process", () => {
  let root: string;
  let temp: string;
  const cloud = (): string => join(root, "cloud");
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "sandbox-process-"));
    temp = join(root, "tmp");
    mkdirSync(temp);
    writeFileSync(join(root, "main.tf"), CONFIGURATION);
  });
  let serving: ChildProcess | undefined;
  afterEach(() => {
    serving?.kill("SIGKILL");
    rmSync(root, { recursive: true, force: true });
  });

  const env = (): NodeJS.ProcessEnv => {
    const { PATH, HOME } = process.env;
    return { PATH, HOME, TMPDIR: temp, CI: "1", TF_CLI_CONFIG_FILE: terraformEnvironment().TF_CLI_CONFIG_FILE };
  };
  const sandbox = async (
    options: readonly string[],
    ...command: readonly string[]
  ): Promise<{ code: number | null; signal: string | null; text: string }> => {
    const args = ["sandbox", "--directory", cloud(), ...options, "--", ...command];
    const { exitCode: code, signal, stdout, stderr } = await run(ANYCAST, args, { cwd: root, env: env() });
    return { code, signal, text: stdout.toString() + stderr.toString() };
  };
  const terraform = (...args: readonly string[]): readonly string[] => [terraformBinary(), ...args, "-no-color"];
  const apply = terraform("apply", "-input=false", "-auto-approve");
  const objects = (kind: string): number =>
    readCloud(cloud()).snapshot.objects.filter((one) => one.kind === kind).length;

  // What was made without terraform having heard of it is there twice afterwards, as with the real cloud.
  it.each([
    ["before the action", "crash:CreateVSwitch:before", 1],
    ["in the middle of the write", "crash:CreateVSwitch:torn", 1],
    ["after it, before the answer", "crash:CreateVSwitch:after", 2],
  ])("that crashes %s fails the apply, and restarts for the next one", async (_, fault, vswitches) => {
    expect((await sandbox([], ...terraform("init", "-input=false"))).code).toBe(0);
    const crashed = await sandbox(["--fault", fault], ...apply);
    expect(crashed).toMatchObject({ code: null, signal: "SIGKILL" });
    // The sandbox is gone at once, terraform notices a moment later.
    const until = Date.now() + 20_000;
    while (readdirSync(root).includes(".terraform.tfstate.lock.info") && Date.now() < until) await wait(50);
    expect(objects("vpc")).toBe(1);
    const moved = readFileSync(join(root, "main.tf"), "utf8").replace("10.1.0.0", "10.2.0.0");
    if (vswitches === 2) writeFileSync(join(root, "main.tf"), moved);
    const again = await sandbox([], ...apply);
    expect(again.code === 0 ? "" : again.text).toBe("");
    expect([objects("vpc"), objects("vswitch")]).toEqual([1, vswitches]);
    const plan = await sandbox([], ...terraform("plan", "-input=false", "-detailed-exitcode"));
    expect(plan.code === 0 ? "" : plan.text).toBe("");
    expect(readdirSync(temp)).toEqual([]);
  });

  it.each([
    ["SIGINT", 0],
    ["SIGTERM", 0],
    ["SIGHUP", 0],
  ] as const)("that serves everything stops at %s and leaves nothing behind", async (signal, code) => {
    const child = serve(["--ui", "--provider", "real"]);
    const { out, err } = await served(child);
    expect(out.split("\n")[0]).toBe("# The sandbox: a simulated cloud, nothing in it is real.");
    expect(err).toContain("a simulated cloud");
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(err)![0];
    const api = `http://${/ALIBABA_CLOUD_ENDPOINT_VPC='([^']+)'/.exec(out)![1]!}/`;
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(api)).status).toBe(400);
    child.kill(signal);
    const [ended] = (await once(child, "exit")) as [number | null];
    expect(ended).toBe(code);
    for (const server of [url, api]) await expect(fetch(server)).rejects.toThrow();
    expect(readdirSync(temp)).toEqual([]);
    expect(readdirSync(cloud()).sort()).toEqual(["head", "journal", "state.json"]);
  });

  it("that serves keeps running when its output is not read, and stops on request", async () => {
    const child = serve(["--ui"]);
    const { err } = await served(child);
    child.stdout!.destroy();
    child.stderr!.destroy();
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(err)![0];
    expect((await fetch(url)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(readdirSync(temp)).toEqual([]);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("passes %s on to its command, and waits until the command has ended", async (signal, code) => {
    const script = `trap 'echo got it; sleep 0.3; test -S "$SOCKET" && echo still there; trap - ${signal}; kill -${signal} $$' ${signal}
      SOCKET=$(ls "$TMPDIR"/anycast-*.sock); echo ready; while :; do sleep 0.05; done`;
    const args = ["sandbox", "--directory", cloud(), "--", "bash", "-c", script];
    const child = spawn(ANYCAST, args, { cwd: root, env: env(), stdio: ["ignore", "pipe", "ignore"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out === "ready\n") child.kill(signal);
    });
    const [ended] = (await once(child, "close")) as [number | null];
    expect({ ended, out }).toEqual({ ended: code, out: "ready\ngot it\nstill there\n" });
    expect(readdirSync(temp)).toEqual([]);
  });

  it("lists its objects while it runs and afterwards, and says each time that they are simulated", async () => {
    expect((await sandbox([], ...terraform("init", "-input=false"))).code).toBe(0);
    const status = [ANYCAST, "sandbox", "status", "--directory", cloud()];
    const inside = await sandbox([], "sh", "-c", `${apply.join(" ")} > /dev/null && "$@"`, "sh", ...status);
    expect(inside.text).toMatch(/Sandbox in .*cloud \(process \d+\): a simulated cloud, nothing in it is real\./);
    const after = await run(status[0]!, status.slice(1), { cwd: root, env: env() });
    const text = after.stdout.toString();
    expect(text).toMatch(/Sandbox in .*cloud \(not running\): a simulated cloud, nothing in it is real\./);
    expect(text).toMatch(/^ {2}vpc +vpc-\w+ +ap-southeast-1 +Available$/m);
    expect(text).toMatch(/^ {2}vswitch +vsw-\w+ +ap-southeast-1 +Available$/m);
    const json = await run(status[0]!, [...status.slice(1), "--format", "json"], { cwd: root, env: env() });
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ simulated: true, accountId: "1234567890123456" });
  });

  function serve(options: readonly string[]): ChildProcess {
    const args = ["sandbox", "--directory", cloud(), ...options];
    serving = spawn(ANYCAST, args, { cwd: root, env: env(), stdio: ["ignore", "pipe", "pipe"] });
    return serving;
  }
  /** Waits until it has printed all that it prints. */
  async function served(child: ChildProcess): Promise<{ out: string; err: string }> {
    let [out, err] = ["", ""];
    child.stdout!.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr!.on("data", (chunk: Buffer) => (err += chunk.toString()));
    while (!err.includes("serves until it is stopped") || !out.includes("TERRAFORM_BINARY_NAME")) {
      if (child.exitCode !== null) throw new Error(`It did not serve. It said: ${err}`);
      await wait(20);
    }
    return { out, err };
  }

  it.each([
    ["ended without it", ""],
    ["was killed", " kill -KILL $$;"],
  ])("waits for a terraform whose command %s before it stops the provider", async (_, killed) => {
    await sandbox([], ...terraform("init", "-input=false"));
    const command = `${apply.join(" ")} > apply.out 2>&1 & sleep 1;${killed}`;
    const { text } = await sandbox(
      ["--fault", "slow:CreateVpc:2s", "--fault", "slow:CreateVSwitch:2s"],
      "sh",
      "-c",
      command,
    );
    expect(text).toMatch(/terraform .*is still running in the sandbox/);
    expect(readFileSync(join(root, "apply.out"), "utf8")).toContain("2 added");
    expect([objects("vpc"), objects("vswitch")]).toEqual([1, 1]);
  });
});

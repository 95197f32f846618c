import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformBinary } from "../../src/core/terraform-binary";

// A whole story takes about 6 s on a machine at rest, and some tests tell two.
jest.setTimeout(90_000);

const ROOT = join(__dirname, "..", "..");
const STORY = join(ROOT, "dist", "tools", "demo", "main.js");
const WORKSPACES = join(ROOT, ".anycast", "demo");

interface Told {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly pid: number;
}

/** Runs the story; `during` sees everything said so far, each time something is said. */
function tell(env: NodeJS.ProcessEnv = {}, during?: (said: string, child: ChildProcess) => void): Promise<Told> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [STORY], { cwd: tmpdir(), env: { ...process.env, ...env } });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
      during?.(stdout, child);
    });
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")));
    child.on("error", reject);
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr, pid: child.pid ?? 0 }));
  });
}

const workspaceOf = (pid: number): string => join(WORKSPACES, String(pid));
/** Own lines of the story, without what wrapping made of them. */
const flat = (text: string): string => text.replace(/\s+/g, " ");

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "anycast-story-"))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A terraform that is the real one, except for one command. */
function terraformThat(name: string, command: string, script: string): string {
  const path = join(directory, name);
  const found = spawnSync("/bin/sh", ["-c", `command -v ${terraformBinary()}`], { encoding: "utf8" }).stdout.trim();
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = "${command}" ]; then ${script}; fi\nexec "${found}" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("the story that npm start shows", () => {
  it("runs to its end, with every step, every proof and the refusal, and exits 0", async () => {
    const { exitCode, stdout, stderr, pid } = await tell();
    expect(stderr).toBe("");
    expect(stdout).toMatch(/\nAll of it was as it should be: \d+ things checked in [\d.]+ s\.\n$/);
    expect(exitCode).toBe(0);
    const steps = [...stdout.matchAll(/^ {2}(\d) {2}(.*?) +\d+\.\d s$/gm)].map(
      ([, number, title]) => `${number} ${title}`,
    );
    expect(steps).toEqual([
      "1 The sandbox starts",
      "2 The stacks are synthesised from TypeScript",
      "3 A plan is made by terraform",
      "4 The compiled policy checks it: ALLOWED",
      "5 Exactly that plan is applied",
      "6 Access is measured from London, by 20 pairs of requests",
      "7 The same stack, bound to an internet-facing CLB: REFUSED",
      "8 Everything is destroyed again, through the same gate",
    ]);
    const text = flat(stdout);
    expect(text).toMatch(/quick-start: 13 to add, 0 to change, 0 to destroy/);
    expect(text).toMatch(/1 binding proven, by this evidence: alicloud_eipanycast_anycast_eip_address_attachment\./);
    expect(text).toMatch(/which is intranet, in vSwitch alicloud_vswitch\./);
    expect(text).toMatch(/plain_ip_address 47\.\d+\.\d+\.\d+ anycast_ip_address 139\.95\.\d+\.\d+/);
    for (const timing of ["connect", "first byte", "total"])
      expect(text).toMatch(new RegExp(`${timing} \\d+ ms \\d+ ms \\d+ ms \\d+ ms -\\d+ %`));
    expect(text).toContain("rule binding/internal-only (violation)");
    expect(text).toMatch(/value Expected the address_type of .* to be `intranet`, got `internet`/);
    expect(text).toMatch(/fix Set address_type = "intranet"/);
    expect(text).toContain("exit code 1; state and cloud are exactly as they were");
    expect(text).toContain("13 destroyed; the simulated cloud is as empty as it was before");
    expect(existsSync(workspaceOf(pid))).toBe(false);
    // Plain and at most 80 columns wide, since nobody watches.
    expect(stdout).not.toMatch(/[\u001b\r]/);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    ["while it applies", "ALLOWED"],
    ["while it is refused", "Access is measured"],
  ])("succeeds when it is run again after it was killed %s", async (_when, word) => {
    const killed = await tell({}, (said, child) => {
      if (said.includes(word)) child.kill("SIGKILL");
    });
    expect(killed.signal).toBe("SIGKILL");
    expect(existsSync(workspaceOf(killed.pid))).toBe(true);
    const again = await tell();
    expect(again.stdout).toContain("All of it was as it should be");
    expect(again.exitCode).toBe(0);
    expect(existsSync(workspaceOf(killed.pid))).toBe(false);
    expect(readdirSync(WORKSPACES)).not.toContain(String(again.pid));
  });

  it("stops in an orderly way on Ctrl-C, leaves nothing behind and does not exit 0", async () => {
    let sent = false;
    const { exitCode, stdout, pid } = await tell({}, (said, child) => {
      if (!sent && said.includes("ALLOWED")) sent = child.kill("SIGINT");
    });
    expect(stdout).toContain("Stopped by SIGINT. Nothing is left behind");
    expect(exitCode).toBe(2);
    expect(existsSync(workspaceOf(pid))).toBe(false);
  });

  it("is not affected by the user's environment variables", async () => {
    const { exitCode, stdout } = await tell({
      TF_CLI_ARGS_apply: "-destroy",
      TF_VAR_region: "cn-beijing",
      TF_WORKSPACE: "other",
      ALICLOUD_REGION: "cn-beijing",
      ALICLOUD_ACCESS_KEY: "a-real-key",
      VPC_ENDPOINT: "vpc.aliyuncs.com",
      HTTP_PROXY: "http://127.0.0.1:9",
      ALL_PROXY: "socks5://127.0.0.1:9",
      SETTINGS: "/nowhere.yaml",
      CDKTF_OUTDIR: "/nowhere",
    });
    expect(stdout).toContain("All of it was as it should be");
    expect(exitCode).toBe(0);
  });

  it("prints the error and exits 2 when terraform is missing", async () => {
    const { exitCode, stdout } = await tell({ ANYCAST_TERRAFORM: join(directory, "no-terraform") });
    expect(flat(stdout)).toMatch(
      /NOT as it should be\. Expected that .*The program that ANYCAST_TERRAFORM names could not be started.* Fix: /,
    );
    expect(exitCode).toBe(2);
  });

  it("prints the error and exits 2 when applying fails", async () => {
    const failing = terraformThat("failing-terraform", "apply", "echo 'Error: no luck today' >&2; exit 1");
    const { exitCode, stdout, pid } = await tell({ ANYCAST_TERRAFORM: failing });
    expect(flat(stdout)).toMatch(/NOT as it should be\. Expected that - the quick start is deployed .*no luck today/);
    expect(stdout).not.toContain("All of it");
    expect(exitCode).toBe(2);
    expect(existsSync(workspaceOf(pid))).toBe(false);
  });

  it("fails when an apply changed nothing", async () => {
    const lying = terraformThat("lying-terraform", "apply", "exit 0");
    const { exitCode, stdout } = await tell({ ANYCAST_TERRAFORM: lying });
    expect(flat(stdout)).toMatch(/NOT as it should be\. Expected that .*(the state holds every resource|is deployed)/);
    expect(exitCode).toBe(2);
  });
});

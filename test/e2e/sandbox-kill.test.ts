import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { readCloud } from "alicloud-sandbox";
import { REQUIRED } from "../../packages/sandbox/test/provider/support/workspace";

jest.setTimeout(120_000);

const CONFIGURATION = `${REQUIRED}
provider "alicloud" {
  region = "ap-southeast-1"
}
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  count      = 4
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.\${count.index + 1}.0.0/16"
  zone_id    = "ap-southeast-1a"
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {
  count            = 4
  service_location = "international"
}
`;
const OBJECTS = 9;

describe("after SIGKILL in the middle of an apply", () => {
  const root = mkdtempSync(join(tmpdir(), "kill-"));
  const work = join(root, "work");
  const state = join(root, "state");
  const running = new Set<ChildProcess>();

  const start = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess => {
    const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
  };
  /** A sandbox about as slow as a tenth of the real cloud, so that there is a middle to be killed in. */
  const sandbox = async (): Promise<{ child: ChildProcess; env: Record<string, string> }> => {
    const script = join(__dirname, "../../packages/sandbox/test/provider/support/sandbox-process.ts");
    const child = start(process.execPath, ["--import", require.resolve("tsx"), script, state, "10"], process.env);
    const [line] = (await once(createInterface(child.stdout!), "line")) as [string];
    return { child, env: JSON.parse(line) as Record<string, string> };
  };
  const terraform = (env: Record<string, string>, ...args: readonly string[]): ChildProcess =>
    start(terraformBinary(), [`-chdir=${work}`, ...args, "-no-color"], { ...terraformEnvironment(), ...env });
  const ended = async (child: ChildProcess): Promise<{ code: number | null; text: string }> => {
    let text = "";
    child.stdout!.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.stderr!.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, text };
  };
  const says = async (child: ChildProcess, what: string): Promise<void> => {
    for await (const line of createInterface(child.stdout!)) if (line.includes(what)) return;
    throw new Error(`It never said: ${what}`);
  };
  const apply = (env: Record<string, string>): ChildProcess => terraform(env, "apply", "-input=false", "-auto-approve");
  const made = (): number =>
    readCloud(state).snapshot.objects.filter((one) => /vpc|vswitch|anycast/.test(one.kind)).length;

  beforeAll(() => {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, "main.tf"), CONFIGURATION);
  });
  afterAll(() => {
    for (const child of running) child.kill("SIGKILL");
    rmSync(root, { recursive: true, force: true });
  });

  it("terraform continues where it was, and the sandbox is unaffected", async () => {
    const { child, env } = await sandbox();
    expect((await ended(terraform(env, "init", "-input=false"))).code).toBe(0);
    const killed = apply(env);
    await says(killed, "alicloud_vpc.v: Creation complete");
    killed.kill("SIGKILL");
    await once(killed, "exit");
    // A killed terraform leaves its lock behind: breaking it is up to the user, as with any provider.
    rmSync(join(work, ".terraform.tfstate.lock.info"), { force: true });
    const again = await ended(apply(env));
    expect(again).toMatchObject({ code: 0 });
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(existsSync(socketOf(env))).toBe(false);
  });

  it("the sandbox restarts with everything it had confirmed, and the next apply completes the rest", async () => {
    const first = await sandbox();
    const destroyed = await ended(terraform(first.env, "destroy", "-input=false", "-auto-approve"));
    expect(destroyed).toMatchObject({ code: 0 });
    const applying = apply(first.env);
    const outcome = ended(applying);
    await says(applying, "alicloud_vpc.v: Creation complete");
    first.child.kill("SIGKILL");
    expect((await outcome).code).toBe(1);
    const before = made();
    expect(before).toBeGreaterThan(0);
    const second = await sandbox();
    // The socket of the killed one is cleared away by the next.
    expect(existsSync(socketOf(first.env))).toBe(false);
    expect(await ended(apply(second.env))).toMatchObject({ code: 0 });
    const plan = await ended(terraform(second.env, "plan", "-input=false", "-detailed-exitcode"));
    expect(plan).toMatchObject({ code: 0 });
    expect(made()).toBeGreaterThanOrEqual(OBJECTS);
    second.child.kill("SIGTERM");
    await once(second.child, "exit");
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`anycast-${second.child.pid}-`))).toEqual([]);
  });
});

function socketOf(env: Record<string, string>): string {
  const providers = JSON.parse(env.TF_REATTACH_PROVIDERS!) as Record<string, { Addr: { String: string } }>;
  return Object.values(providers)[0]!.Addr.String;
}

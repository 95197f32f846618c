import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { ConsumerProject, pack, ROOT } from "./consumer-project";

// npm installs real packages here.
jest.setTimeout(300_000);

const CONFIGURATION = `terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "1.289.0"
    }
  }
}
provider "alicloud" {
  region = "ap-southeast-1"
}
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
`;

const GLOBAL_SETUP = `
import { startSandbox } from "alicloud-sandbox";
import type { Sandbox } from "alicloud-sandbox";

declare global {
  var sandbox: Sandbox | undefined;
}

export default async function setUp(): Promise<void> {
  globalThis.sandbox = await startSandbox();
  Object.assign(process.env, globalThis.sandbox.env);
}
`;
const GLOBAL_TEARDOWN = `
export default async function tearDown(): Promise<void> {
  await globalThis.sandbox?.stop();
}
`;

/** As a user would write it: one sandbox for a file, several at once, and the one that is there for the whole run. */
const TEST = `
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { apiOf, internetOf, pageOf, startSandbox } from "alicloud-sandbox";
import type { Sandbox, SandboxOptions } from "alicloud-sandbox";

let sandbox: Sandbox;
const folders: string[] = [];
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.stop();
  await sandbox.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function apply(env: Readonly<Record<string, string>>, more = ""): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "work-"));
  folders.push(folder);
  cpSync(process.env["MAIN_TF"]!, join(folder, "main.tf"));
  writeFileSync(join(folder, "more.tf"), more);
  const terraform = async (...args: string[]): Promise<string> => {
    const options = { cwd: folder, env: { ...process.env, ...env } };
    return (await promisify(execFile)(process.env["TERRAFORM"]!, args, options)).stdout;
  };
  await terraform("init", "-input=false");
  return terraform("apply", "-input=false", "-auto-approve", "-no-color");
}
const vpcs = (one: Sandbox): number => one.status().objects.filter((object) => object.kind === "vpc").length;

test("a sandbox for one file of tests", async () => {
  expect(await apply(sandbox.env)).toContain("Apply complete! Resources: 1 added");
  expect(vpcs(sandbox)).toBe(1);
  expect(sandbox.status().simulated).toBe(true);
});

test("several at once know nothing of each other", async () => {
  const [one, other] = (await Promise.all([startSandbox(), startSandbox()])) as [Sandbox, Sandbox];
  await apply(one.env);
  expect([vpcs(one), vpcs(other)]).toEqual([1, 0]);
  await Promise.all([one.stop(), other.stop()]);
});

test("the sandbox of the whole run", async () => {
  expect(await apply({})).toContain("Apply complete! Resources: 1 added");
});

test("page, API and internet on free ports", async () => {
  let url = "";
  const options: SandboxOptions = {
    provider: "none",
    extensions: [pageOf({ onUrl: (where) => (url = where) }), apiOf(), internetOf()],
  };
  const whole = await startSandbox(options);
  expect(await (await fetch(url)).text()).toContain("Simulated");
  expect(whole.env["ALIBABA_CLOUD_ENDPOINT_VPC"]).toMatch(/^127\\.0\\.0\\.1:\\d+$/);
  expect(whole.env["ANYCAST_SANDBOX_INTERNET"]).toMatch(/^socks5:/);
  await whole.stop();
  await expect(fetch(url)).rejects.toThrow();
});

test("every type of the provider, with made-up values", async () => {
  const whole = await startSandbox({ mockOthers: true });
  expect(await apply(whole.env, 'resource "alicloud_oss_bucket" "b" {}')).toContain("Resources: 2 added");
  await whole.stop();
});

test("what it refuses has a code", async () => {
  const elsewhere = { baseEnv: { VPC_ENDPOINT: "vpc.aliyuncs.com" } };
  await expect(startSandbox(elsewhere)).rejects.toMatchObject({ code: "SandboxEndpointReal" });
  await expect(startSandbox({ extensions: [pageOf({ host: "0.0.0.0" })] })).rejects.toMatchObject({
    code: "SandboxNotLoopback",
  });
});
`;

describe("the packed sandbox", () => {
  const project = new ConsumerProject();
  const place = mkdtempSync(join(tmpdir(), "packed-sandbox-"));
  const temp = join(place, "tmp");

  beforeAll(async () => {
    const [library, sandbox] = [await pack(place), await pack(place, "alicloud-sandbox")];
    await project.install({
      "alicloud-sandbox": `file:${sandbox.file}`,
      "cdktf-alicloud-anycast": `file:${library.file}`,
    });
    mkdirSync(temp);
    project.write("main.tf", CONFIGURATION);
  });
  afterAll(() => {
    project.remove();
    rmSync(place, { recursive: true, force: true });
  });

  /** The run's environment as a user has it, with a directory for temporary files that nobody else uses. */
  const env = (): NodeJS.ProcessEnv => {
    const { PATH, HOME } = process.env;
    const own = { TMPDIR: temp, MAIN_TF: join(project.directory, "main.tf"), TERRAFORM: terraformBinary() };
    return { PATH, HOME, ...own, TF_CLI_CONFIG_FILE: terraformEnvironment().TF_CLI_CONFIG_FILE };
  };

  it("works in jest, type-checked under strict settings, for a file and for a whole run, and leaves nothing behind", async () => {
    project.write("global-setup.ts", GLOBAL_SETUP);
    project.write("global-teardown.ts", GLOBAL_TEARDOWN);
    project.write("sandbox.test.ts", TEST);
    const files = ["global-setup.ts", "global-teardown.ts", "sandbox.test.ts"];
    expect(await project.compile(files, { types: ["node", "jest"] })).toBe("");
    const hooks = { globalSetup: "<rootDir>/global-setup.js", globalTeardown: "<rootDir>/global-teardown.js" };
    const config = { rootDir: join(project.directory, "out"), testEnvironment: "node", testTimeout: 60_000, ...hooks };
    const cache = join(place, "cache");
    const args = [join(ROOT, "node_modules/jest/bin/jest.js"), "--config", JSON.stringify(config), "-i"];
    // It ends by itself: nothing that was stopped keeps a process alive.
    const ended = await run(process.execPath, [...args, "--cacheDirectory", cache], {
      cwd: project.directory,
      env: env(),
      signal: AbortSignal.timeout(120_000),
    });
    const said = ended.stderr.toString();
    expect(ended.exitCode === 0 ? "" : said).toBe("");
    expect(said).toContain("6 passed, 6 total");
    expect(said).not.toMatch(/did not exit|worker process has failed/);
    expect(readdirSync(temp)).toEqual([]);
  });

  it("deletes its files also when a program ends without stopping it", async () => {
    const script = `require("alicloud-sandbox").startSandbox().then((sandbox) => {
      console.log(require("node:fs").existsSync(sandbox.directory));
      process.exit(0);
    });`;
    expect(await project.node(["-e", script], { TMPDIR: temp })).toBe("true\n");
    expect(readdirSync(temp)).toEqual([]);
  });

  it("has a command that runs another one inside, passes its exit code on and lists what it created", async () => {
    const sandbox = (args: readonly string[]): ReturnType<typeof run> =>
      run(join(project.directory, "node_modules/.bin/alicloud-sandbox"), args, { cwd: project.directory, env: env() });
    const apply = `"${terraformBinary()}" init -input=false && "${terraformBinary()}" apply -input=false -auto-approve; exit 7`;
    const ended = await sandbox(["--", "/bin/sh", "-c", apply]);
    expect([ended.exitCode, ended.stdout.toString()]).toEqual([7, expect.stringContaining("1 added")]);
    expect(ended.stderr.toString()).toContain("This is the sandbox");
    expect((await sandbox(["status"])).stdout.toString()).toMatch(/not running[\s\S]*\n {2}vpc +vpc-/);
    const wrong = await sandbox(["--sped", "1"]);
    expect([wrong.exitCode, wrong.stderr.toString()]).toEqual([2, expect.stringContaining("[UsageInvalid]")]);
  });

  it("is the same as the library's entry point for it", async () => {
    const script = `console.log(require("cdktf-alicloud-anycast/sandbox").startSandbox === require("alicloud-sandbox").startSandbox)`;
    expect(await project.node(["-e", script])).toBe("true\n");
  });
});

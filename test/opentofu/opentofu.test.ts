/** With a real OpenTofu: `ANYCAST_TEST_TOFU=/path/to/tofu npx jest test/opentofu`. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanReport } from "../../src/core/check-report";
import { PACKAGE_ROOT } from "../../src/core/package-root";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { checkPlans } from "../../src/check";
import type { Sandbox } from "alicloud-sandbox";
import { startSandbox } from "alicloud-sandbox";

const TOFU = process.env.ANYCAST_TEST_TOFU!;
const PASSPHRASE = "a passphrase of the tests' own";
const ENCRYPTION = `key_provider "pbkdf2" "k" {
  passphrase = "${PASSPHRASE}"
  iterations = 200000
}
method "aes_gcm" "m" { keys = key_provider.pbkdf2.k }
plan {
  method   = method.aes_gcm.m
  enforced = true
}
state {
  method   = method.aes_gcm.m
  enforced = true
}`;

const BOUND = `
terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
provider "alicloud" { region = "ap-southeast-1" }
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "ap-southeast-1a"
}
resource "alicloud_slb_load_balancer" "c" {
  address_type         = "intranet"
  vswitch_id           = alicloud_vswitch.s.id
  instance_charge_type = "PayByCLCU"
}
resource "alicloud_eipanycast_anycast_eip_address" "e" {
  service_location = "international"
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "b" {
  anycast_id              = alicloud_eipanycast_anycast_eip_address.e.id
  bind_instance_id        = alicloud_slb_load_balancer.c.id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
`;

/** OpenTofu's provider instances: which region is whose is not in the plan's JSON. */
const MANY_PROVIDERS = BOUND.replace(
  /provider "alicloud" .*/,
  `provider "alicloud" {
  alias    = "by"
  for_each = toset(["ap-southeast-1", "cn-hongkong"])
  region   = each.key
}`,
).replaceAll(/^(resource "alicloud_\w+" "\w" \{)$/gm, '$1\n  provider = alicloud.by["ap-southeast-1"]');

describe("OpenTofu in the sandbox", () => {
  let directory: string;
  let sandbox: Sandbox;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "anycast-tofu-"));
    sandbox = await startSandbox();
    env = { ...terraformEnvironment(), ...sandbox.env, TERRAFORM_BINARY_NAME: TOFU, ANYCAST_TERRAFORM: TOFU };
    delete env.TF_ENCRYPTION;
  });
  afterAll(async () => {
    await sandbox?.stop();
    rmSync(directory, { recursive: true });
  });

  async function tofu(...args: string[]): Promise<void> {
    const { exitCode, stdout, stderr } = await run(TOFU, args, { cwd: directory, env });
    if (exitCode !== 0) throw new Error(`${stdout.toString()}${stderr.toString()}`);
  }

  async function planned(config: string, ...options: string[]): Promise<PlanReport> {
    writeFileSync(join(directory, "main.tf"), config);
    await tofu("init", "-input=false");
    await tofu("plan", "-input=false", "-out=p", ...options);
    return checked(env);
  }

  async function checked(given: NodeJS.ProcessEnv): Promise<PlanReport> {
    const options = { emit: () => undefined, env: given, cwd: directory };
    return (await checkPlans([{ name: "p", path: "p" }], options)).plans[0]!;
  }

  test("a whole plan is proven, applied, and proven again", async () => {
    expect(await planned(BOUND)).toMatchObject({ verdict: "allowed", bindings: 1, findings: [] });
    await tofu("apply", "-input=false", "p");
    expect(await planned(BOUND)).toMatchObject({ verdict: "allowed", bindings: 1 });
    expect(await planned(BOUND, "-refresh-only")).toMatchObject({ verdict: "allowed", bindings: 0 });
  });

  test.each(["-target=alicloud_vpc.v", "-exclude=alicloud_eipanycast_anycast_eip_address_attachment.b"])(
    "a plan created with %s is refused as partial",
    async (option) => {
      const report = await planned(BOUND, option);
      expect(report.verdict).toBe("denied");
      expect(report.findings!.map(({ rule }) => rule)).toEqual(["plan/complete"]);
    },
  );

  test("the region of one of several provider instances is that of its key", async () => {
    expect(await planned(MANY_PROVIDERS)).toMatchObject({ verdict: "allowed", bindings: 1 });
    const other = MANY_PROVIDERS.replace(/by\["ap-southeast-1"\]\n(?=  address_type)/, 'by["cn-hongkong"]\n');
    expect(other).not.toBe(MANY_PROVIDERS);
    const report = await planned(other);
    expect(report.findings?.map(({ rule }) => rule)).toEqual(["binding/region-matches-target"]);
  });

  test("an encrypted plan is read with the key only", async () => {
    env = { ...env, TF_ENCRYPTION: ENCRYPTION.replaceAll("enforced = true", "") };
    rmSync(join(directory, "terraform.tfstate"), { force: true });
    try {
      expect(await planned(BOUND)).toMatchObject({ verdict: "allowed", bindings: 1 });
      const { TF_ENCRYPTION: _key, ...without } = env;
      expect((await checked(without)).error).toMatchObject({ code: "PlanNotShown" });
    } finally {
      delete env.TF_ENCRYPTION;
    }
  });

  test("plans saved with encryption are applied with the key, and the key is written nowhere", async () => {
    const project = join(directory, "project");
    cpSync(join(PACKAGE_ROOT, "settings.yaml"), join(project, "settings.yaml"));
    const app = `node "${join(PACKAGE_ROOT, "dist", "main.js")}"`;
    writeFileSync(join(project, "cdktf.json"), JSON.stringify({ language: "typescript", app }));
    const anycast = async (args: string[], key: string | undefined): Promise<{ code: number | null; said: string }> => {
      const file = join(PACKAGE_ROOT, "bin", "anycast");
      const given = { ...env, ...(key === undefined ? {} : { TF_ENCRYPTION: key }) };
      const ended = await run(process.execPath, [file, ...args], { cwd: project, env: given });
      return { code: ended.exitCode, said: `${ended.stdout.toString()}${ended.stderr.toString()}` };
    };
    const applying = ["apply", "saved", "--auto-approve", "--events", "events"];
    expect(await anycast(["plan", "--save", "saved", "--events", "events"], ENCRYPTION)).toMatchObject({ code: 0 });
    const plan = readFileSync(join(project, "saved", "quick-start", "plan.tfplan"), "utf8");
    expect(Object.keys(JSON.parse(plan) as object)).toContain("encrypted_data");
    const refused = await anycast(applying, undefined);
    expect(refused.code).toBe(2);
    expect(refused.said).toContain("it is encrypted: check it with the TF_ENCRYPTION");
    const applied = await anycast(applying, ENCRYPTION);
    expect(applied).toMatchObject({ code: 0 });
    expect(await anycast(["destroy", "--auto-approve"], ENCRYPTION)).toMatchObject({ code: 0 });
    const paths = (readdirSync(project, { recursive: true }) as string[]).map((name) => join(project, name));
    const written = paths.filter((path) => statSync(path).isFile());
    expect(written.filter((path) => readFileSync(path).includes(PASSPHRASE))).toEqual([]);
    expect(written.length).toBeGreaterThan(5);
    expect(refused.said + applied.said).not.toContain(PASSPHRASE);
  });
});

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import type { Sandbox } from "alicloud-sandbox";
import { startSandbox } from "alicloud-sandbox";
import { REPOSITORY } from "../support/cloud-project";

jest.setTimeout(300_000);

const EXAMPLES = join(REPOSITORY, "examples");
const place = realpathSync(mkdtempSync(join(tmpdir(), "examples-")));
let sandbox: Sandbox;
let modules: string;

beforeAll(async () => {
  sandbox = await startSandbox({ mockOthers: true });
  // What `npm install` would put there: the packages of this repository, and this one by its name.
  modules = join(place, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(REPOSITORY, "node_modules")))
    symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name));
  symlinkSync(REPOSITORY, join(modules, "cdktf-alicloud-anycast"));
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(place, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly said: string;
}
async function inside(
  cwd: string,
  file: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const PATH = [join(modules, ".bin"), join(REPOSITORY, "bin"), process.env.PATH].join(delimiter);
  const env = { ...terraformEnvironment(), ...sandbox.env, PATH, CI: "1", NO_COLOR: "1", ...more };
  const ended = await run(file, args, { cwd, env });
  // One line, as wrapping cuts sentences anywhere.
  return {
    code: ended.exitCode,
    said: `${ended.stdout.toString()}${ended.stderr.toString()}`.replace(/[\s│|]+/g, " "),
  };
}
function copyOf(example: string, as = example): string {
  const directory = join(place, as);
  cpSync(join(EXAMPLES, example), directory, { recursive: true });
  return directory;
}
const deploy = (directory: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  inside(directory, process.execPath, [join(REPOSITORY, "bin/anycast"), "deploy", "--auto-approve"], env);

describe("the examples", () => {
  it.each(readdirSync(EXAMPLES).filter((name) => name !== "existing-clb"))(
    "%s is planned, allowed and deployed",
    async (name) => {
      const { code, said } = await deploy(copyOf(name));
      expect([name, code, said]).toEqual([name, 0, expect.stringMatching(/bindings? proven.* deployed as checked/)]);
    },
  );
});

/** One load balancer of each kind, made by somebody else. */
const BALANCERS = `
terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud", version = "1.289.0" }
  }
}
provider "alicloud" { region = "ap-southeast-1" }
resource "alicloud_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "alicloud_vswitch" "v" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.0.1.0/24"
  zone_id    = "ap-southeast-1a"
}
resource "alicloud_slb_load_balancer" "internal" {
  address_type         = "intranet"
  vswitch_id           = alicloud_vswitch.v.id
  instance_charge_type = "PayByCLCU"
}
resource "alicloud_slb_load_balancer" "internet" {
  address_type         = "internet"
  instance_charge_type = "PayByCLCU"
}
resource "alicloud_slb_load_balancer" "classic" {
  address_type         = "intranet"
  instance_charge_type = "PayByCLCU"
}
output "ids" {
  value = { for k, v in { internal = alicloud_slb_load_balancer.internal, internet = alicloud_slb_load_balancer.internet, classic = alicloud_slb_load_balancer.classic } : k => v.id }
}
`;

describe("the example of an existing load balancer", () => {
  let ids: Record<string, string>;
  beforeAll(async () => {
    const directory = join(place, "balancers");
    mkdirSync(directory);
    writeFileSync(join(directory, "main.tf"), BALANCERS);
    await inside(directory, terraformBinary(), ["init", "-input=false"]);
    expect(await inside(directory, terraformBinary(), ["apply", "-input=false", "-auto-approve"])).toMatchObject({
      code: 0,
    });
    const state = JSON.parse(readFileSync(join(directory, "terraform.tfstate"), "utf8")) as {
      outputs: { ids: { value: Record<string, string> } };
    };
    ids = state.outputs.ids.value;
  });

  it("binds an internal load balancer", async () => {
    const { code, said } = await deploy(copyOf("existing-clb", "internal"), { CLB_ID: ids.internal });
    expect([code, said]).toEqual([0, expect.stringContaining("1 binding proven")]);
  });

  it.each([
    [
      "an internet-facing one",
      "internet",
      "is internet-facing. An Anycast EIP can be bound to internal-facing load balancers only.",
    ],
    [
      "one in the classic network",
      "classic",
      "is in the classic network. An Anycast EIP can be bound to load balancers in a VPC only.",
    ],
    ["one that does not exist", "missing", "was not found in the provider's region"],
  ])("is refused by terraform, with a message, for %s", async (_, kind, words) => {
    const ended = await deploy(copyOf("existing-clb", kind), { CLB_ID: ids[kind] ?? "lb-gw8missing" });
    expect(ended.said).toContain(words);
    expect(ended.code).toBe(2);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckReport } from "../../src/core/check-report";
import { provenBy } from "../gate/support/evaluate";
import { anycast } from "../support/anycast";

const NETWORK = `
terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
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
resource "alicloud_slb_load_balancer" "lb" {
  count                = 2
  address_type         = ["intranet", "internet"][count.index]
  vswitch_id           = alicloud_vswitch.s.id
  instance_charge_type = "PayByCLCU"
}
`;

const binding = (name: string, id: string, count = "count = 1"): string => `
resource "alicloud_eipanycast_anycast_eip_address" "${name}" {
  service_location = "international"
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "${name}" {
  ${count}
  anycast_id              = alicloud_eipanycast_anycast_eip_address.${name}.id
  bind_instance_id        = ${id}
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
`;

const LB = "alicloud_slb_load_balancer.lb";
const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment";
const MODULE_VARIABLE = `variable "id" {}\n${NETWORK.split("provider ")[0]!}`;

/** Where the plan's JSON shows `lb` and `count.index`, whatever is written. */
const SOURCES = {
  "main.tf": [
    NETWORK,
    binding("same", `"\${${LB}[count.index].id}" # not [count.index + 1]`),
    binding("next", `${LB}[count.index + 1].id`),
    binding("other", `replace(${LB}[count.index].id, "/.*/", "lb-other")`),
    `module "m" {\n  source = "./m"\n  count  = 1\n  id     = element(${LB}[*].id, count.index + 1)\n}\n`,
  ].join(""),
  "m/main.tf": MODULE_VARIABLE + binding("inside", "var.id", ""),
};

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "anycast-source-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("a saved plan is checked with the keys in its configuration source, and its JSON only with what the JSON shows", async () => {
  for (const [name, text] of Object.entries(SOURCES)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const make = "terraform init && terraform plan -out=p.tfplan && terraform show -json p.tfplan > p.json";
  const made = await anycast(root, ["sandbox", "--", "sh", "-c", make]);
  expect([made.code, made.err]).toEqual([0, expect.any(String)]);

  const check = async (plan: string): Promise<CheckReport["plans"][number]> => {
    const { out } = await anycast(root, [
      "sandbox",
      "--",
      join(__dirname, "../../bin/anycast"),
      "check",
      plan,
      "--format",
      "json",
    ]);
    return (JSON.parse(out) as CheckReport).plans[0]!;
  };
  const shown = await check("p.json");
  // By reference all four are of one load balancer, which is internal; that it is bound so often is all that is seen.
  expect(new Set(shown.findings?.map(({ rule }) => rule))).toEqual(
    new Set(["binding/one-address-per-target", "plan/expressions-visible"]),
  );

  const saved = await check("p.tfplan");
  expect(saved.verdict).toBe("denied");
  expect(provenBy(saved)).toEqual([`${BINDING}.same[0] <- ${LB}[0]`]);
  expect(saved.findings?.map(({ address, rule }) => [address, rule])).toEqual([
    [`${BINDING}.next[0]`, "binding/internal-only"],
    [`${BINDING}.next[0]`, "binding/one-address-per-target"],
    [`${BINDING}.other[0]`, "binding/provable-target"],
    [`module.m[0].${BINDING}.inside`, "binding/internal-only"],
    [`module.m[0].${BINDING}.inside`, "binding/one-address-per-target"],
  ]);
});

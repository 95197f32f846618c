import { App, TerraformStack, Testing } from "cdktf";
import { AlicloudProvider, AnycastEip } from "cdktf-alicloud-anycast";
import { vpc } from "cdktf-alicloud-anycast/alicloud";
import { Vswitch } from "cdktf-alicloud-anycast/alicloud/vswitch";
import type { SandboxOptions } from "cdktf-alicloud-anycast/sandbox";
import { Service } from "./library";

export const options: SandboxOptions = { speed: "instant" };

const stack = new TerraformStack(new App(), "mine");
new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
const network = new vpc.Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
const vswitch = new Vswitch(stack, "vswitch", {
  vpcId: network.id,
  cidrBlock: "10.0.1.0/24",
  zoneId: "cn-hongkong-b",
});
const service = new Service(stack, "service", vswitch.id);
new AnycastEip(stack, "address", { name: "entry" }).attach(service.clb);
const made = JSON.parse(Testing.synth(stack)) as { resource: Record<string, object> };
process.stdout.write(`${Object.keys(made.resource).sort().join(" ")}\n`);

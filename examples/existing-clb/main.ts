/** A load balancer that is there already, by its id. Terraform refuses an internet-facing, classic or missing one. */
import { App, TerraformStack } from "cdktf";
import { AlicloudProvider, AnycastEip, InternalClb } from "cdktf-alicloud-anycast";

const app = new App();
const stack = new TerraformStack(app, "existing-clb");
new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });

const clb = InternalClb.fromLoadBalancerId(stack, "clb", process.env["CLB_ID"] ?? "lb-gw8example");
new AnycastEip(stack, "address", { name: "existing" }).attach(clb);

app.synth();

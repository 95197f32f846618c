/** The load balancer in the service's stack, the address in the network team's: it is looked up where it is bound. */
import { App, TerraformStack } from "cdktf";
import { AlicloudProvider, AnycastEip, InternalClb } from "cdktf-alicloud-anycast";
import { Vpc } from "cdktf-alicloud-anycast/alicloud/vpc";
import { Vswitch } from "cdktf-alicloud-anycast/alicloud/vswitch";

const app = new App();

const service = new TerraformStack(app, "service");
new AlicloudProvider(service, "alicloud", { region: "ap-southeast-1" });
const vpc = new Vpc(service, "vpc", { cidrBlock: "10.0.0.0/16" });
const vswitch = new Vswitch(service, "vswitch", {
  vpcId: vpc.id,
  cidrBlock: "10.0.1.0/24",
  zoneId: "ap-southeast-1a",
});
const clb = new InternalClb(service, "clb", { vswitchId: vswitch.id });
clb.addListener({ protocol: "tcp", port: 443 });

const edge = new TerraformStack(app, "edge");
new AlicloudProvider(edge, "alicloud", { region: "ap-southeast-1" });
new AnycastEip(edge, "address", { name: "edge" }).attach(clb);

app.synth();

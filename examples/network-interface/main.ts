/** An address for one network interface, without a load balancer. anycast.yaml next to this file allows that type. */
import { App, TerraformStack } from "cdktf";
import { AlicloudProvider, AnycastEip, AnycastTarget } from "cdktf-alicloud-anycast";
import { EcsNetworkInterface } from "cdktf-alicloud-anycast/alicloud/ecs-network-interface";
import { SecurityGroup } from "cdktf-alicloud-anycast/alicloud/security-group";
import { Vpc } from "cdktf-alicloud-anycast/alicloud/vpc";
import { Vswitch } from "cdktf-alicloud-anycast/alicloud/vswitch";

const REGION = "ap-southeast-1";
const app = new App();
const stack = new TerraformStack(app, "network-interface");
new AlicloudProvider(stack, "alicloud", { region: REGION });

const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
const vswitch = new Vswitch(stack, "vswitch", {
  vpcId: vpc.id,
  cidrBlock: "10.0.1.0/24",
  zoneId: "ap-southeast-1a",
});
const group = new SecurityGroup(stack, "group", { vpcId: vpc.id });
const eni = new EcsNetworkInterface(stack, "interface", { vswitchId: vswitch.id, securityGroupIds: [group.id] });

const target = AnycastTarget.networkInterface({ networkInterfaceId: eni.id, region: REGION });
new AnycastEip(stack, "address", { name: "interface" }).attach(target);

app.synth();

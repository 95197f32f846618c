/** One address for a service in three regions: each user reaches the nearest, and Singapore serves the rest. */
import { App, TerraformStack } from "cdktf";
import { AlicloudProvider, AnycastEip, InternalClb } from "cdktf-alicloud-anycast";
import { Vpc } from "cdktf-alicloud-anycast/alicloud/vpc";
import { Vswitch } from "cdktf-alicloud-anycast/alicloud/vswitch";

const REGIONS = [
  { region: "ap-southeast-1", zone: "ap-southeast-1a" },
  { region: "cn-hongkong", zone: "cn-hongkong-b" },
  { region: "eu-central-1", zone: "eu-central-1a" },
] as const;

const app = new App();
const stack = new TerraformStack(app, "three-regions");
const providers = REGIONS.map(
  ({ region }, at) => new AlicloudProvider(stack, region, at === 0 ? { region } : { region, alias: region }),
);
const address = new AnycastEip(stack, "address", { name: "three-regions" });

REGIONS.forEach(({ region, zone }, at) => {
  const provider = providers[at]!;
  const vpc = new Vpc(stack, `vpc-${region}`, { cidrBlock: `10.${at}.0.0/16`, provider });
  const vswitch = new Vswitch(stack, `vswitch-${region}`, {
    vpcId: vpc.id,
    cidrBlock: `10.${at}.1.0/24`,
    zoneId: zone,
    provider,
  });
  const clb = new InternalClb(stack, `clb-${region}`, { vswitchId: vswitch.id, provider });
  clb.addListener({ protocol: "tcp", port: 443, backendPort: 8443 });
  address.attach(clb); // the first is the default target
});

app.synth();

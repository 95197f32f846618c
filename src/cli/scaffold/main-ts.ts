/** The app of a new project: a server behind an internal load balancer, a plain and an accelerated address. */
export function mainTs(name: string, region: string): string {
  const text = (value: string): string => JSON.stringify(value);
  return `import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AlicloudProvider, AnycastEip, InternalClb, PlainEip, Policies } from "cdktf-alicloud-anycast";
import { DataAlicloudImages } from "cdktf-alicloud-anycast/alicloud/data-alicloud-images";
import { DataAlicloudInstanceTypes } from "cdktf-alicloud-anycast/alicloud/data-alicloud-instance-types";
import { DataAlicloudSlbZones } from "cdktf-alicloud-anycast/alicloud/data-alicloud-slb-zones";
import { Instance } from "cdktf-alicloud-anycast/alicloud/instance";
import { SecurityGroup } from "cdktf-alicloud-anycast/alicloud/security-group";
import { SecurityGroupRule } from "cdktf-alicloud-anycast/alicloud/security-group-rule";
import { Vpc } from "cdktf-alicloud-anycast/alicloud/vpc";
import { Vswitch } from "cdktf-alicloud-anycast/alicloud/vswitch";

const app = new App();
// The rules at synth already, and no deployment around the gate.
Policies.of(app);
const stack = new TerraformStack(app, ${text(name)});
new AlicloudProvider(stack, "alicloud", { region: ${text(region)} });

// More than one machine deploys this? Keep the state where all of them find it, with a lock:
// configureBackend(stack, ossState({ bucket: "…", region: ${text(region)}, lock: { endpoint: "https://…", table: "…" } }));

const zone = new DataAlicloudSlbZones(stack, "zones", { availableSlbAddressType: "vpc" }).zones.get(0).masterZoneId;
const vpc = new Vpc(stack, "vpc", { vpcName: ${text(`${name}-vpc`)}, cidrBlock: "10.0.0.0/16" });
const vswitch = new Vswitch(stack, "vswitch", {
  vswitchName: ${text(`${name}-vswitch`)},
  vpcId: vpc.id,
  cidrBlock: "10.0.1.0/24",
  zoneId: zone,
});

// A server with something to reach: a page on port 8080. Put your own service in its place.
const group = new SecurityGroup(stack, "group", { securityGroupName: ${text(`${name}-servers`)}, vpcId: vpc.id });
new SecurityGroupRule(stack, "application", {
  securityGroupId: group.id,
  type: "ingress",
  ipProtocol: "tcp",
  portRange: "8080/8080",
  nicType: "intranet",
  cidrIp: "0.0.0.0/0",
});
const server = new Instance(stack, "server", {
  instanceName: ${text(`${name}-server`)},
  imageId: new DataAlicloudImages(stack, "images", {
    owners: "system",
    nameRegex: "^aliyun_3_x64_20G_alibase",
    mostRecent: true,
  }).images.get(0).id,
  instanceType: new DataAlicloudInstanceTypes(stack, "types", {
    availabilityZone: zone,
    cpuCoreCount: 2,
    memorySize: 4,
    systemDiskCategory: "cloud_essd",
  }).instanceTypes.get(0).id,
  availabilityZone: zone,
  vswitchId: vswitch.id,
  securityGroups: [group.id],
  systemDiskCategory: "cloud_essd",
  userData: Buffer.from("#!/bin/sh\\nmkdir -p /srv/www && cd /srv/www && nohup python3 -m http.server 8080 &\\n").toString(
    "base64",
  ),
});

// An Anycast EIP binds only to an internal load balancer in a VPC; this class cannot be anything else.
const clb = new InternalClb(stack, "clb", { name: ${text(`${name}-clb`)}, vswitchId: vswitch.id });
clb.addListener({ protocol: "tcp", port: 80, backendPort: 8080 });
clb.addBackend({ serverId: server.id });

// The plain address is there for the comparison that \`anycast verify\` makes.
const plain = new PlainEip(stack, "plain", { name: ${text(`${name}-plain`)} });
plain.attach(clb);

const anycast = new AnycastEip(stack, "anycast", { name: ${text(`${name}-anycast`)} });
anycast.attach(clb);

new TerraformOutput(stack, "plain_url", { value: \`http://\${plain.ipAddress}/\`, staticId: true });
new TerraformOutput(stack, "accelerated_url", { value: \`http://\${anycast.ipAddress}/\`, staticId: true });

app.synth();
`;
}

/** The stack of a new project: a server behind an internal load balancer, a plain and an accelerated address. */
export const SERVICE_TS = `import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AlicloudProvider, AnycastEip, InternalClb, PlainEip } from "cdktf-alicloud-anycast";
import { DataAlicloudImages } from "cdktf-alicloud-anycast/alicloud/data-alicloud-images";
import { DataAlicloudInstanceTypes } from "cdktf-alicloud-anycast/alicloud/data-alicloud-instance-types";
import { DataAlicloudSlbZones } from "cdktf-alicloud-anycast/alicloud/data-alicloud-slb-zones";
import { Instance } from "cdktf-alicloud-anycast/alicloud/instance";
import { SecurityGroup } from "cdktf-alicloud-anycast/alicloud/security-group";
import { SecurityGroupRule } from "cdktf-alicloud-anycast/alicloud/security-group-rule";
import { Vpc } from "cdktf-alicloud-anycast/alicloud/vpc";
import { Vswitch } from "cdktf-alicloud-anycast/alicloud/vswitch";

export interface ServiceProps {
  /** Region of server and load balancer, e.g. ap-southeast-1. */
  readonly region: string;
}

export class ServiceStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: props.region });

    // More than one machine deploys this? Keep the state where all of them find it, with a lock:
    // configureBackend(this, ossState({ bucket: "…", region: props.region, lock: { endpoint: "https://…", table: "…" } }));

    const zone = new DataAlicloudSlbZones(this, "zones", { availableSlbAddressType: "vpc" }).zones.get(0).masterZoneId;
    const vpc = new Vpc(this, "vpc", { vpcName: \`\${id}-vpc\`, cidrBlock: "10.0.0.0/16" });
    const vswitch = new Vswitch(this, "vswitch", {
      vswitchName: \`\${id}-vswitch\`,
      vpcId: vpc.id,
      cidrBlock: "10.0.1.0/24",
      zoneId: zone,
    });

    // A server with something to reach: a page on port 8080. Put your own service in its place.
    const group = new SecurityGroup(this, "group", { securityGroupName: \`\${id}-servers\`, vpcId: vpc.id });
    new SecurityGroupRule(this, "application", {
      securityGroupId: group.id,
      type: "ingress",
      ipProtocol: "tcp",
      portRange: "8080/8080",
      nicType: "intranet",
      cidrIp: "0.0.0.0/0",
    });
    const server = new Instance(this, "server", {
      instanceName: \`\${id}-server\`,
      imageId: new DataAlicloudImages(this, "images", {
        owners: "system",
        nameRegex: "^aliyun_3_x64_20G_alibase",
        mostRecent: true,
      }).images.get(0).id,
      instanceType: new DataAlicloudInstanceTypes(this, "types", {
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
    const clb = new InternalClb(this, "clb", { name: \`\${id}-clb\`, vswitchId: vswitch.id });
    clb.addListener({ protocol: "tcp", port: 80, backendPort: 8080 });
    clb.addBackend({ serverId: server.id });

    // The plain address is there for the comparison that \`anycast verify\` makes.
    const plain = new PlainEip(this, "plain", { name: \`\${id}-plain\` });
    plain.attach(clb);

    const anycast = new AnycastEip(this, "anycast", { name: \`\${id}-anycast\` });
    anycast.attach(clb);

    new TerraformOutput(this, "plain_url", { value: \`http://\${plain.ipAddress}/\`, staticId: true });
    new TerraformOutput(this, "accelerated_url", { value: \`http://\${anycast.ipAddress}/\`, staticId: true });
  }
}
`;

/** Its test: the real plan, in the sandbox, and what the policy gate says of it. */
export const SERVICE_TEST_TS = `import { App } from "cdktf";
import type { SandboxPlan } from "cdktf-alicloud-anycast/testing";
import { planInSandbox } from "cdktf-alicloud-anycast/testing";
import { ServiceStack } from "./service";

// The first plan starts the sandbox and initialises terraform in it.
jest.setTimeout(120_000);

describe("the service", () => {
  let plan: SandboxPlan;
  beforeAll(async () => {
    plan = await planInSandbox(new ServiceStack(new App(), "service", { region: "ap-southeast-1" }));
  });

  test("is allowed by the policy", async () => {
    await expect(plan).toBeAllowedByPolicy();
  });

  test("is entered through an internal load balancer only", async () => {
    await expect(plan).toBindOnlyInternalClbs();
  });

  test("is made of what it needs, and takes nothing down", async () => {
    await expect(plan).toPlan({ add: 12, change: 0, destroy: 0 });
  });
});
`;

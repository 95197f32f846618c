import { Construct } from "constructs";
import { DataAlicloudSlbZones } from "@cdktf/provider-alicloud/lib/data-alicloud-slb-zones";
import { SecurityGroup } from "@cdktf/provider-alicloud/lib/security-group";
import { SecurityGroupRule } from "@cdktf/provider-alicloud/lib/security-group-rule";
import { Vpc } from "@cdktf/provider-alicloud/lib/vpc";
import { Vswitch } from "@cdktf/provider-alicloud/lib/vswitch";
import type { Settings } from "../settings";

/** The VPC with one vSwitch, and a security group that lets the application's port in. */
export class Network extends Construct {
  public readonly vpc: Vpc;
  public readonly vswitch: Vswitch;
  public readonly securityGroup: SecurityGroup;
  /** Zone id of the vSwitch. */
  public readonly zone: string;

  public constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const { name, tags, resourceGroupId } = settings;
    this.zone = settings.zone ?? this.firstZone();
    this.vpc = new Vpc(this, "vpc", {
      vpcName: `${name}-vpc`,
      cidrBlock: settings.network.cidr,
      resourceGroupId,
      tags: { ...tags },
    });
    this.vswitch = new Vswitch(this, "vswitch", {
      vswitchName: `${name}-vswitch`,
      vpcId: this.vpc.id,
      cidrBlock: settings.network.vswitchCidr,
      zoneId: this.zone,
      tags: { ...tags },
    });
    this.securityGroup = new SecurityGroup(this, "security-group", {
      securityGroupName: `${name}-servers`,
      vpcId: this.vpc.id,
      resourceGroupId,
      tags: { ...tags },
    });
    const { serverPort } = settings.service;
    new SecurityGroupRule(this, "application", {
      securityGroupId: this.securityGroup.id,
      type: "ingress",
      ipProtocol: "tcp",
      portRange: `${serverPort}/${serverPort}`,
      // The load balancer hands the clients' own addresses on, so any address may come.
      cidrIp: "0.0.0.0/0",
      nicType: "intranet",
      policy: "accept",
      priority: 1,
      description: "The application, for users behind the load balancer",
    });
  }

  /** The first zone in which a VPC can have a load balancer. */
  private firstZone(): string {
    return new DataAlicloudSlbZones(this, "zones", { availableSlbAddressType: "vpc" }).zones.get(0).masterZoneId;
  }
}

import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AnycastEips, InternalClb, PlainEip } from "cdktf-alicloud-anycast";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import type { Settings } from "../settings";
import { Network } from "./network";
import { Servers } from "./servers";

/**
 * The quick start, whole: servers behind an internal load balancer, a plain EIP for comparison, and an Anycast EIP that
 * lets distant users in at their nearest access point.
 */
export class QuickStartStack extends TerraformStack {
  public constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const { name, tags, resourceGroupId, service } = settings;
    new AlicloudProvider(this, "alicloud", { region: settings.region });

    const network = new Network(this, "network", settings);
    const servers = new Servers(this, "servers", settings, network);

    const clb = new InternalClb(this, "clb", {
      name: `${name}-clb`,
      vswitchId: network.vswitch.id,
      resourceGroupId,
      tags,
    });
    clb.addListener({ protocol: service.protocol, port: service.port, backendPort: service.serverPort });
    for (const instance of servers.instances) clb.addBackend({ serverId: instance.id });

    const plain = new PlainEip(this, "plain", {
      name: `${name}-plain`,
      bandwidth: settings.plainEip.bandwidth,
      resourceGroupId,
      tags,
    });
    plain.attach(clb);

    const { name: addressName = `${name}-anycast`, description, ...address } = settings.anycast;
    const anycast = new AnycastEips(this, "anycast", {
      ...address,
      name: addressName,
      description: description === "" ? undefined : description,
      resourceGroupId,
      tags,
    });
    const attachment = anycast.first.attach(clb);

    this.outputs({
      region: settings.region,
      vpc_id: network.vpc.id,
      vswitch_id: network.vswitch.id,
      server_ids: servers.instances.map((instance) => instance.id),
      load_balancer_id: clb.id,
      plain_id: plain.id,
      anycast_id: anycast.first.id,
      anycast_ids: anycast.addresses.map((one) => one.id),
      attachment_id: attachment.id,
      plain_ip_address: plain.ipAddress,
      anycast_ip_address: anycast.first.ipAddress,
      plain_url: `http://${plain.ipAddress}:${service.port}/`,
      accelerated_url: `http://${anycast.first.ipAddress}:${service.port}/`,
    });
  }

  private outputs(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      new TerraformOutput(this, name, { value, staticId: true });
    }
  }
}

import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { EipanycastAnycastEipAddress } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { settingsFile } from "./app/settings-file";
import { loadSettings } from "./settings";
import type { Settings } from "./settings";

/**
 * What the gate refuses: an Anycast EIP on an internet-facing load balancer. The constructs of this library cannot
 * declare it, so it is written with the provider's own classes, as somebody without them would write it.
 */
export class RefusedExampleStack extends TerraformStack {
  public constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: settings.region });
    const clb = new SlbLoadBalancer(this, "internet-facing", {
      loadBalancerName: `${settings.name}-internet`,
      addressType: "internet",
      instanceChargeType: "PayByCLCU",
    });
    const address = new EipanycastAnycastEipAddress(this, "address", {
      serviceLocation: settings.anycast.area,
      anycastEipAddressName: `${settings.name}-refused`,
    });
    new EipanycastAnycastEipAddressAttachment(this, "attachment", {
      anycastId: address.id,
      bindInstanceId: clb.id,
      bindInstanceType: "SlbInstance",
      bindInstanceRegionId: settings.region,
    });
  }
}

/** This file is an app of its own (`cdktf --app`), so that the real one never deploys it by accident. */
if (require.main === module) {
  const app = new App();
  new RefusedExampleStack(app, "internet-facing", loadSettings(settingsFile(app)));
  app.synth();
}

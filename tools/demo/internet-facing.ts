import { App } from "cdktf";
import type { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { settingsFile } from "../../stacks/app";
import { QuickStartStack } from "../../stacks/quick-start";
import { loadSettings } from "../../stacks/settings";

/**
 * The quick start with one mistake: its Anycast EIP is bound to an internet-facing load balancer. The constructs refuse
 * to declare that, so it is written with the provider's own classes.
 */
const app = new App();
const stack = new QuickStartStack(app, "quick-start", loadSettings(settingsFile(app)));
const clb = new SlbLoadBalancer(stack, "hurried", {
  loadBalancerName: "hurried",
  addressType: "internet",
  instanceChargeType: "PayByCLCU",
});
for (const node of stack.node.findAll()) {
  // By its type: the library brings classes of its own, which are others than those of the workspace.
  if (isAttachment(node)) node.bindInstanceId = clb.id;
}
app.synth();

function isAttachment(node: object): node is EipanycastAnycastEipAddressAttachment {
  const { terraformResourceType: type } = node as { readonly terraformResourceType?: string };
  return type === "alicloud_eipanycast_anycast_eip_address_attachment";
}

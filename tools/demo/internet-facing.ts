import { App } from "cdktf";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { guardDeployment, settingsFile } from "../../stacks/app";
import { QuickStartStack } from "../../stacks/quick-start";
import { loadSettings } from "../../stacks/settings";

/**
 * The quick start with one mistake: its Anycast EIP is bound to an internet-facing load balancer. The constructs refuse
 * to declare that, so it is written with the provider's own classes, as somebody in a hurry would do.
 */
const app = new App();
const stack = new QuickStartStack(app, "quick-start", loadSettings(settingsFile(app)));
const clb = new SlbLoadBalancer(stack, "hurried", {
  loadBalancerName: "hurried",
  addressType: "internet",
  instanceChargeType: "PayByCLCU",
});
for (const node of stack.node.findAll()) {
  if (node instanceof EipanycastAnycastEipAddressAttachment) node.bindInstanceId = clb.id;
}
guardDeployment(app);
app.synth();

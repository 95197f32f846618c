/** The accelerated address has a name, and somebody is told when a server behind it is unhealthy. */
import { App, TerraformStack } from "cdktf";
import { AcceleratedService, AlicloudProvider } from "cdktf-alicloud-anycast";

const app = new App();
const stack = new TerraformStack(app, "dns-and-alarm");
new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });

new AcceleratedService(stack, "shop", {
  name: "shop",
  network: { zoneId: "ap-southeast-1a" },
  listeners: [{ protocol: "tcp", port: 443 }],
  dns: { domainName: "example.com", record: "shop", ttl: 60 },
  alarm: { contactGroups: ["on-call"] },
});

app.synth();

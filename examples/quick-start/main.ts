/** A service in one region, entered by distant users at their nearest access point, and a plain EIP to compare with. */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AcceleratedService, AlicloudProvider } from "cdktf-alicloud-anycast";

const app = new App();
const stack = new TerraformStack(app, "quick-start");
new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });

const service = new AcceleratedService(stack, "service", {
  name: "service",
  network: { zoneId: "ap-southeast-1a" },
  listeners: [{ protocol: "tcp", port: 80, backendPort: 8080 }],
  compareWithPlainEip: true,
});
new TerraformOutput(stack, "accelerated_ip", { value: service.ipAddress, staticId: true });

app.synth();

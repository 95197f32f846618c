/** A platform team's own construct: its rules are in one place, and services only say what differs. */
import { App, TerraformStack } from "cdktf";
import { AcceleratedService, AlicloudProvider, requireNames, tagAll } from "cdktf-alicloud-anycast";
import type { AcceleratedServiceProps } from "cdktf-alicloud-anycast";
import type { Construct } from "constructs";

interface TeamServiceProps {
  readonly team: string;
  readonly port: number;
  readonly area?: "international" | "ChineseMainland";
}

class TeamService extends AcceleratedService {
  public constructor(scope: Construct, id: string, { team, port, area = "international" }: TeamServiceProps) {
    const props: AcceleratedServiceProps = {
      name: `${team}-${id}`,
      network: { zoneId: "ap-southeast-1a" },
      listeners: [{ protocol: "tcp", port, backendPort: 8080, healthCheck: { interval: 5, timeout: 3 } }],
      address: { area, bandwidth: 200 },
      tags: { team },
    };
    super(scope, id, props);
  }
}

const app = new App();
const stack = new TerraformStack(app, "team-wrapper");
new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });
new TeamService(stack, "checkout", { team: "shop", port: 443 });
tagAll(app, { environment: "production" });
requireNames(app, /^shop-/, "begin with shop-");

app.synth();

import { Construct } from "constructs";
import { InternalClb } from "cdktf-alicloud-anycast";
import { SecurityGroup } from "cdktf-alicloud-anycast/alicloud/security-group";

/** A team's own construct, published with declarations: nothing here says a type that the compiler can infer. */
export class Service extends Construct {
  public readonly clb;
  public readonly group;

  public constructor(scope: Construct, id: string, vswitchId: string) {
    super(scope, id);
    this.clb = new InternalClb(this, "clb", { vswitchId });
    this.group = new SecurityGroup(this, "group", { vpcId: "vpc-1" });
  }

  public resources() {
    return { balancer: this.clb.resource, listener: this.clb.addListener({ protocol: "tcp", port: 80 }) };
  }
}

export const balancerOf = (service: Service) => service.clb.resource;

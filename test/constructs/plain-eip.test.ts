import { TerraformOutput } from "cdktf";
import { InternalClb, PlainEip } from "../../src";
import type { PlainEipProps } from "../../src";
import { failureOf, onlyResource, synthesise } from "./synthesise";

describe("PlainEip", () => {
  it("declares an ordinary address and associates it with the load balancer", () => {
    const made = synthesise((stack) => {
      const eip = new PlainEip(stack, "eip", { name: "plain", bandwidth: 100, tags: { a: "b" } });
      eip.attach(new InternalClb(stack, "clb", { vswitchId: "vsw-1" }));
      new TerraformOutput(stack, "address", { value: eip.ipAddress });
    });
    const [name] = Object.keys(made.resource?.alicloud_eip_address ?? {});
    const [balancer] = Object.keys(made.resource?.alicloud_slb_load_balancer ?? {});
    expect(onlyResource(made, "alicloud_eip_address")).toEqual({
      address_name: "plain",
      bandwidth: "100",
      internet_charge_type: "PayByTraffic",
      payment_type: "PayAsYouGo",
      tags: { a: "b" },
    });
    expect(onlyResource(made, "alicloud_eip_association")).toEqual({
      allocation_id: `\${alicloud_eip_address.${name}.id}`,
      instance_id: `\${alicloud_slb_load_balancer.${balancer}.id}`,
      instance_type: "SlbInstance",
    });
    expect(made.output).toEqual({ address: { value: `\${alicloud_eip_address.${name}.ip_address}` } });
  });

  it.each<[string, string, PlainEipProps]>([
    ["an invalid name", "InvalidName", { name: "9" }],
    ["a URL as description", "InvalidDescription", { description: "http://x" }],
    ["a reserved tag", "InvalidTags", { tags: { aliyun: "x" } }],
  ])("refuses %s", (_, code, props) => {
    expect(failureOf(() => synthesise((stack) => void new PlainEip(stack, "eip", props))).code).toBe(code);
  });
});

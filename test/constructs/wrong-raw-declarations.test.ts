import type { TerraformStack } from "cdktf";
import { AlicloudProvider } from "../../src";
import { EipanycastAnycastEipAddress } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { SlbListener } from "@cdktf/provider-alicloud/lib/slb-listener";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { Vswitch } from "@cdktf/provider-alicloud/lib/vswitch";
import { InternalClb } from "../../src";
import { said } from "./said";

type Stack = TerraformStack;
type Build = (stack: Stack) => void;

const raw = {
  clb: (stack: Stack, id = "clb", vswitchId = "vsw-1") =>
    new SlbLoadBalancer(stack, id, { addressType: "intranet", vswitchId }),
  eip: (stack: Stack, id = "eip", more: object = {}) =>
    new EipanycastAnycastEipAddress(stack, id, { serviceLocation: "international", ...more }),
  bind: (stack: Stack, id: string, to: EipanycastAnycastEipAddress, what: SlbLoadBalancer, more: object = {}) =>
    new EipanycastAnycastEipAddressAttachment(stack, id, {
      anycastId: to.id,
      bindInstanceId: what.id,
      bindInstanceType: "SlbInstance",
      bindInstanceRegionId: "cn-hongkong",
      ...more,
    }),
};

const WRONG: readonly (readonly [string, Build, string])[] = [
  [
    "a raw load balancer on two addresses",
    (s) => {
      const one = raw.clb(s);
      raw.bind(s, "x", raw.eip(s, "a"), one);
      raw.bind(s, "y", raw.eip(s, "b"), one);
    },
    "binding/one-address-per-target",
  ],
  [
    "two raw bindings in one region",
    (s) => {
      const one = raw.eip(s);
      raw.bind(s, "x", one, raw.clb(s, "a"));
      raw.bind(s, "y", one, raw.clb(s, "b"));
    },
    "binding/one-per-region",
  ],
  [
    "two raw default bindings",
    (s) => {
      const one = raw.eip(s);
      for (const id of ["x", "y"]) raw.bind(s, id, one, raw.clb(s, `${id}-clb`), { associationMode: "Default" });
    },
    "binding/one-default-per-address",
  ],
  [
    "raw bindings without a default",
    (s) => void raw.bind(s, "x", raw.eip(s), raw.clb(s), { associationMode: "Normal" }),
    "binding/default-target",
  ],
  [
    "a raw binding of the other area",
    (s) => void raw.bind(s, "x", raw.eip(s, "a", { serviceLocation: "ChineseMainland" }), raw.clb(s)),
    "binding/region-in-area",
  ],
  [
    "a raw binding that gives another region",
    (s) => void raw.bind(s, "x", raw.eip(s), raw.clb(s), { bindInstanceRegionId: "eu-central-1" }),
    "binding/region-matches-target",
  ],
  [
    "a raw load balancer in a vSwitch of another region",
    (s) => {
      const provider = new AlicloudProvider(s, "sg", { alias: "sg", region: "ap-southeast-1" });
      const network = new Vswitch(s, "network", { provider, cidrBlock: "10.0.0.0/24", vpcId: "vpc-1", zoneId: "z" });
      raw.bind(s, "x", raw.eip(s), raw.clb(s, "clb", network.id));
    },
    "binding/one-region",
  ],
  [
    "a raw binding of another type",
    (s) => void raw.bind(s, "x", raw.eip(s), raw.clb(s), { bindInstanceType: "AlbInstance" }),
    "binding/target-type",
  ],
  [
    "a raw binding that gives its target's IP address",
    (s) => {
      const one = raw.clb(s);
      raw.bind(s, "x", raw.eip(s), one, { bindInstanceId: one.address });
    },
    "binding/provable-target",
  ],
  [
    "raw bindings that share an access point",
    (s) => {
      const one = raw.eip(s);
      for (const id of ["x", "y"])
        raw.bind(s, id, one, raw.clb(s, `${id}-clb`), {
          associationMode: "Normal",
          popLocations: [{ popLocation: "us-west-1-pop" }],
        });
    },
    "binding/access-points",
  ],
  [
    "a raw binding with an access point of the other area",
    (s) =>
      void raw.bind(s, "x", raw.eip(s, "a", { serviceLocation: "international" }), raw.clb(s), {
        associationMode: "Normal",
        popLocations: [{ popLocation: "cn-beijing-pop" }],
      }),
    "binding/access-points",
  ],
  [
    "a raw binding with a region for an access point",
    (s) =>
      void raw.bind(s, "x", raw.eip(s), raw.clb(s), {
        associationMode: "Normal",
        popLocations: [{ popLocation: "us-west-1" }],
      }),
    "binding/access-points",
  ],
  [
    "a raw address that is paid for in advance",
    (s) => void raw.eip(s, "a", { paymentType: "Subscription" }),
    "address/billing",
  ],
];

const listener = (stack: Stack, id: string, to: SlbLoadBalancer, more: object = {}): SlbListener =>
  new SlbListener(stack, id, { loadBalancerId: to.id, protocol: "tcp", frontendPort: 80, backendPort: 80, ...more });

const WRONG_LISTENERS: readonly (readonly [string, Build, string])[] = [
  [
    "two raw listeners on one port",
    (s) => {
      const one = raw.clb(s);
      listener(s, "x", one);
      listener(s, "y", one, { protocol: "http" });
    },
    "another one than that of",
  ],
  [
    "two raw listeners on one port of an existing load balancer",
    (s) => {
      const one = raw.clb(s);
      for (const id of ["x", "y"]) listener(s, id, one, { loadBalancerId: "lb-1" });
    },
    "another one than that of",
  ],
  [
    "a raw listener and a library listener on one port",
    (s) => {
      const one = new InternalClb(s, "clb", { vswitchId: "vsw-1" });
      one.addListener({ protocol: "tcp", port: 80 });
      listener(s, "x", one.resource);
    },
    "another one than that of",
  ],
  ["a raw listener without a port", (s) => void listener(s, "x", raw.clb(s), { frontendPort: 0 }), "from 1 to 65535"],
];

describe("a wrong declaration with the provider's own classes", () => {
  it.each(WRONG_LISTENERS)("of %s is refused by Policies.of(app), as the cloud would", (_name, build, words) => {
    const message = said(build);
    expect(message).toMatch(/Expected the port to be .+, got `\d+` \(at s\/[\w-/]+, test\/[^)]*\)\. Fix: /);
    expect(message).toContain(words);
  });

  it.each(WRONG)("of %s is refused by Policies.of(app), with the rule of the gate", (_name, build, rule) => {
    expect(said(build)).toMatch(new RegExp(`${rule}: Expected .+, got .+ \\(at s/\\w+, test/[^)]*\\)\\. Fix: `));
  });

  it.each([
    ["inactive", 1],
    ["active", 0],
    ["${var.status}", 0],
  ])("of a load balancer that is %s gets %i warnings: one that is bound already stays bound", (status, warnings) => {
    let bound: EipanycastAnycastEipAddressAttachment | undefined;
    const message = said((stack) => {
      const one = raw.clb(stack);
      one.status = status;
      bound = raw.bind(stack, "x", raw.eip(stack), one);
    });
    expect(message).toBe("");
    const told = bound!.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
    expect(told.filter((text) => text.startsWith("binding/active-target: Expected the status"))).toHaveLength(warnings);
  });

  it("is distinguished from similar valid ones, and from values that only terraform knows", () => {
    expect(
      said((stack) => {
        raw.bind(stack, "first", raw.eip(stack, "a"), raw.clb(stack, "a-clb"));
        const other = raw.eip(stack, "b");
        raw.bind(stack, "second", other, raw.clb(stack, "b-clb"), { associationMode: "Default" });
        const one = raw.clb(stack, "listened");
        for (const protocol of ["tcp", "udp"]) listener(stack, protocol, one, { protocol });
        listener(stack, "other", raw.clb(stack, "other-clb"));
        for (const id of ["x", "y"]) listener(stack, id, one, { loadBalancerId: "${var.first}${var.second}" });
        const unknown = "${element([alicloud_slb_load_balancer.a-clb.id], 0)}";
        const more = { associationMode: "Normal", bindInstanceRegionId: "${var.region}" };
        raw.bind(stack, "third", other, raw.clb(stack, "c-clb"), { ...more, bindInstanceId: unknown });
        raw.bind(stack, "fourth", other, raw.clb(stack, "d-clb"), { ...more, bindInstanceId: unknown });
        raw.bind(stack, "elsewhere", raw.eip(stack, "c"), raw.clb(stack, "e-clb"), {
          ...more,
          anycastId: "aeip-1",
        });
      }),
    ).toBe("");
  });
});

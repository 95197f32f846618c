import type { TerraformStack } from "cdktf";
import { AlicloudProvider, AnycastEip, AnycastTarget, ClbAccessList, InternalClb } from "../../src";
import { said } from "./said";
import { any, service } from "./untyped";
import type { Build } from "./untyped";

type Stack = TerraformStack;

const clb = (stack: Stack, id = "clb", more: object = {}): InternalClb =>
  new InternalClb(stack, id, any({ vswitchId: "vsw-1", ...more }));
const eip = (stack: Stack, id = "eip", more: object = {}): AnycastEip => new AnycastEip(stack, id, any(more));
const listener =
  (props: object): Build =>
  (stack) =>
    void clb(stack).addListener(any({ protocol: "tcp", port: 80, ...props }));
/** A load balancer in another region, by the provider of that region. */
const frankfurt = (stack: Stack, id = "frankfurt"): InternalClb =>
  clb(stack, id, {
    provider: new AlicloudProvider(stack, `${id}-provider`, { region: "eu-central-1", alias: id }),
  });

const WRONG: readonly (readonly [string, Build, string])[] = [
  ["an internet-facing load balancer", (s) => clb(s, "c", { addressType: "internet" }), "address type"],
  ["a load balancer without a vSwitch", (s) => clb(s, "c", { vswitchId: undefined }), "needs a vSwitch"],
  ["a vSwitch that is a VPC", (s) => clb(s, "c", { vswitchId: "vpc-1" }), "starts with `vsw-`"],
  ["an unknown billing of load balancers", (s) => clb(s, "c", { instanceChargeType: "PayByTraffic" }), "PayByCLCU"],
  ["a spec without its billing", (s) => clb(s, "c", { spec: "slb.s1.small" }), "A spec needs PayBySpec"],
  ["an unknown spec", (s) => clb(s, "c", { instanceChargeType: "PayBySpec", spec: "small" }), "slb.s1.small"],
  ["an empty name of a load balancer", (s) => clb(s, "c", { name: "" }), "1 to 80"],
  ["a private address of IPv6", (s) => clb(s, "c", { address: "::1" }), "an IPv4 address"],
  ["an invalid resource group", (s) => clb(s, "c", { resourceGroupId: "team" }), "starts with `rg-`"],
  [
    "a zone of another region",
    (s) => clb(s, "c", { masterZoneId: "eu-central-1a" }),
    "a zone of the region cn-hongkong",
  ],
  ["a region that is not the provider's", (s) => clb(s, "c", { region: "eu-central-1" }), "that of its provider"],
  ["a zone of another region for a service", service({ network: { zoneId: "eu-central-1a" } }), "a zone of the region"],
  ["a service without a listener", service({ listeners: [] }), "at least one"],
  ["a CIDR block with host bits set", service({ network: { zoneId: "cn-hongkong-b", cidr: "10.0.0.1/8" } }), "a block"],
  ["an invalid domain", service({ dns: { domainName: "x", record: "www" } }), "example.com"],
  [
    "one load balancer on two addresses",
    (s) => {
      const one = clb(s);
      eip(s, "a").attach(one);
      eip(s, "b").attach(one);
    },
    "can have one Anycast EIP",
  ],
  [
    "two targets in one region",
    (s) => {
      const one = eip(s);
      one.attach(clb(s, "x"));
      one.attach(clb(s, "y"));
    },
    "in different regions",
  ],
  [
    "two default targets",
    (s) => {
      const one = eip(s);
      one.attach(clb(s));
      one.attach(frankfurt(s), { associationMode: "Default" });
    },
    "a default target already",
  ],
  ["no default target", (s) => void eip(s).attach(clb(s), { associationMode: "Normal" }), "no default target"],
  [
    "a region of the other area",
    (s) => void eip(s, "e", { area: "ChineseMainland" }).attach(clb(s)),
    "a region of mainland China",
  ],
  ["an unknown area", (s) => eip(s, "e", { area: "mainland" }), "the area"],
  [
    "access points on the default target",
    (s) => void eip(s).attach(clb(s), { popLocations: ["us-west-1-pop"] }),
    "left out of the default target",
  ],
  [
    "an unknown access point",
    (s) => {
      const one = eip(s);
      one.attach(clb(s));
      one.attach(frankfurt(s), { popLocations: ["mars"] });
    },
    "us-west-1-pop",
  ],
  [
    "an access point of the other area",
    (s) => {
      const one = eip(s);
      one.attach(clb(s));
      one.attach(frankfurt(s), { popLocations: ["cn-beijing-pop"] });
    },
    "of the area international",
  ],
  [
    "a duplicate access point",
    (s) => {
      const one = eip(s);
      one.attach(clb(s));
      one.attach(frankfurt(s), { popLocations: ["us-west-1-pop", "us-west-1-pop"] });
    },
    "different",
  ],
  ["a name that is too short", (s) => eip(s, "e", { name: "a" }), "2 to 128"],
  ["a bandwidth out of range", (s) => eip(s, "e", { bandwidth: 100 }), "from 200 to 1000"],
  ["a bandwidth as a string", (s) => eip(s, "e", { bandwidth: "300" }), "whole number"],
  ["an unknown billing of addresses", (s) => eip(s, "e", { internetChargeType: "PayByBandwidth" }), "PayByTraffic"],
  ["a tag reserved by the cloud", (s) => eip(s, "e", { tags: { "aliyun-x": "y" } }), "aliyun"],
  ["the id of another kind of address", (s) => AnycastEip.fromAnycastEipId(s, "e", "eip-1"), "aeip-"],
  [
    "the id of another kind of load balancer",
    (s) => InternalClb.fromLoadBalancerId(s, "e", "alb-1"),
    "starts with `lb-`",
  ],
  ["a look-up without criteria", (s) => InternalClb.fromLookup(s, "e", {}), "at least one"],
  [
    "a target of another type",
    (s) => void eip(s).attach(AnycastTarget.loadBalancer({ loadBalancerId: "i-1", region: "cn-hongkong" })),
    "starts with `lb-`",
  ],
  [
    "an invalid private address of an interface",
    (s) =>
      void eip(s).attach(
        AnycastTarget.networkInterface({
          networkInterfaceId: "eni-1",
          region: "cn-hongkong",
          privateIpAddress: "300.1.1.1",
        }),
      ),
    "an IPv4 address",
  ],
  [
    "two listeners on one port",
    (s) => {
      const one = clb(s);
      one.addListener({ protocol: "tcp", port: 80 });
      one.addListener({ protocol: "http", port: 80, id: "other" });
    },
    "has this one",
  ],
  ["a port of 0", listener({ port: 0 }), "from 1 to 65535"],
  ["an unknown protocol", listener({ protocol: "tls" }), "tcp, udp, http, https"],
  ["https without a certificate", listener({ protocol: "https", port: 443 }), "needs a certificate"],
  [
    "a redirect to a port without https",
    listener({ protocol: "http", redirectTo: 443 }),
    "the port of an https listener",
  ],
  ["a scheduler of another protocol", listener({ protocol: "http", scheduler: "sch" }), "the scheduler"],
  [
    "an unknown TLS policy",
    listener({ protocol: "https", port: 443, certificateId: "c-1", tlsCipherPolicy: "tls13" }),
    "tls_cipher_policy",
  ],
  ["an invalid health check code", listener({ protocol: "http", healthCheck: { httpCodes: ["200"] } }), "http_2xx"],
  ["an invalid access list", listener({ access: { mode: "allow", lists: ["office"] } }), "starts with `acl-`"],
  [
    "an access list with the mode named as in the API",
    listener({ access: { mode: "white", lists: ["acl-1"] } }),
    "allow, deny",
  ],
  ["an invalid server id", (s) => void clb(s).addBackend({ serverId: "web" }), "starts with `i-`"],
  [
    "a duplicate server",
    (s) => {
      const one = clb(s);
      one.addBackend({ serverId: "i-1" });
      one.addBackend({ serverId: "i-1" });
    },
    "different ones",
  ],
  [
    "a server twice on one port of a group",
    (s) =>
      void clb(s).addServerGroup("g", {
        servers: [
          { serverId: "i-1", port: 80 },
          { serverId: "i-1", port: 80 },
        ],
      }),
    "different ones",
  ],
  ["a weight above 100", (s) => void clb(s).addBackend({ serverId: "i-1", weight: 101 }), "from 0 to 100"],
  [
    "an access list with an invalid block",
    (s) => void new ClbAccessList(s, "a", { name: "a", entries: [{ cidr: "10.0.0.1/8" }] }),
    "a block",
  ],
];

describe("a wrong declaration", () => {
  it.each(WRONG)("of %s is refused before terraform plans", (_name, build, words) => {
    const message = said(build);
    expect(message).toContain(words);
    expect(message).toMatch(/(?:Expected [^]+got `[^`]*`[^]*|^(?![^]*Expected )[^]+) \(at s\/?/);
    expect(message).toContain("Fix: ");
  });

  it("is distinguished from similar valid ones", () => {
    expect(
      said((stack) => {
        const one = eip(stack, "one", { resourceGroupId: "rg-acfmx1", name: "shop" });
        const near = clb(stack, "near", { masterZoneId: "cn-hongkong-b", region: "cn-hongkong" });
        near.addListener({ protocol: "udp", port: 443, scheduler: "qch" });
        near.addListener({ protocol: "https", port: 443, certificateId: "c-1" });
        near.addListener({ protocol: "http", port: 80, redirectTo: 443 });
        const group = near.addServerGroup("group", { servers: [{ serverId: "i-1", port: 80 }] });
        group.addServer({ serverId: "i-1", port: 81 });
        near.addBackend({ serverId: "i-1" });
        near.addBackend({ serverId: "eni-1", type: "eni" });
        one.attach(near);
        one.attach(frankfurt(stack), { popLocations: ["us-west-1-pop"] });
      }),
    ).toBe("");
  });

  it("is only a warning where the list is not complete", () => {
    expect(
      said((stack) => {
        const one = eip(stack);
        one.attach(clb(stack));
        const popLocations = ["sa-east-1-pop"];
        const made = one.attach(frankfurt(stack), { popLocations });
        expect(made.node.scope?.node.metadata.map(({ type }) => type)).toContain("@cdktf/warn");
      }),
    ).toBe("");
  });
});

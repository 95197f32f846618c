import { TerraformVariable } from "cdktf";
import type { TerraformStack } from "cdktf";
import { AnycastEip, AnycastTarget, ClbAccessList, InternalClb, PlainEip } from "../../src";
import { said } from "./said";
import { any, clb, service } from "./untyped";
import type { Build } from "./untyped";

const tags =
  (value: unknown): Build =>
  (stack) =>
    void new AnycastEip(stack, "eip", any({ tags: value }));
const plain =
  (props: object): Build =>
  (stack) =>
    void new PlainEip(stack, "plain", any(props));
const web =
  (props: object): Build =>
  (stack) =>
    void clb(stack).addListener(any({ protocol: "http", port: 80, ...props }));
const tcp = (props: object): Build => web({ protocol: "tcp", ...props });
const network = (more: object): Build => service({ network: { zoneId: "cn-hongkong-b", ...more } });
const alarm = (more: object): Build => service({ alarm: { contactGroups: ["ops"], ...more } });
const attach =
  (target: (stack: TerraformStack) => unknown): Build =>
  (stack) =>
    void new AnycastEip(stack, "eip").attach(any(target(stack)));

const WRONG: readonly (readonly [string, Build, string])[] = [
  ["an EIP without bandwidth", plain({ bandwidth: 0 }), "from 1 to 200"],
  ["an EIP with more than its billing allows", plain({ bandwidth: 201 }), "from 1 to 200"],
  ["an EIP with a string as bandwidth", plain({ bandwidth: "5" }), 'got `"5"`'],
  ["an EIP with an unknown billing", plain({ internetChargeType: "PayByCount" }), "PayByBandwidth"],
  [
    "an EIP on two load balancers",
    (s) => {
      const eip = new PlainEip(s, "plain");
      eip.attach(clb(s, {}, "a"));
      eip.attach(clb(s, {}, "b"));
    },
    "a single one",
  ],
  [
    "two EIPs on a load balancer",
    (s) => {
      const one = clb(s);
      for (const id of ["a", "b"]) new PlainEip(s, id).attach(one);
    },
    "can have one EIP",
  ],
  ["an alarm without contacts", alarm({ contactGroups: [] }), "at least one"],
  ["an alarm with a string as contacts", alarm({ contactGroups: "ops" }), "a list of at least one"],
  ["an alarm with a threshold of no servers", alarm({ unhealthyServers: 0 }), "a whole number from 1"],
  ["an alarm with a period of 61 seconds", alarm({ period: 61 }), "a multiple of 60"],
  ["a description of a listener that is too long", tcp({ description: "x".repeat(257) }), "1 to 256"],
  ["a health check of an invalid host", web({ healthCheck: { domain: "my host" } }), "letters, digits"],
  ["a health check with a path but without HTTP", tcp({ healthCheck: { path: "/ready" } }), '`type: "http"`'],
  ["a health check without an accepted code", web({ healthCheck: { httpCodes: [] } }), "at least one"],
  ["a cookie with a space", web({ stickySession: { type: "server", cookie: "a b" } }), "without space"],
  ["a duplicate access list", tcp({ access: { mode: "allow", lists: ["acl-1", "acl-1"] } }), "different"],
  ["a server group given by name", tcp({ serverGroupId: "blue" }), "starts with `rsp-`"],
  ["a string for gzip", web({ gzip: "off" }), "true or false"],
  ["a string for a header flag", web({ forwardedHeaders: { protocol: "yes" } }), "true or false"],
  ["a string for deletion protection", (s) => void clb(s, { deleteProtection: "on" }), "true or false"],
  ["a vSwitch outside of its VPC", network({ vswitchCidr: "192.168.1.0/24" }), "inside those of the VPC"],
  ["a vSwitch that is too small", network({ vswitchCidr: "10.0.1.0/30" }), "/16 to /29"],
  ["a VPC of all addresses", network({ cidr: "0.0.0.0/0" }), "/8 to /28"],
  ["a VPC of loopback addresses", network({ cidr: "127.0.0.0/16", vswitchCidr: "127.0.1.0/24" }), "no reserved"],
  ["a network without a zone", service({ network: {} }), "needs a zone"],
  ["a service without a name", service({ name: undefined }), "2 to 128"],
  ["a service without listeners", service({ listeners: undefined }), "at least one"],
  ["a number for a tag", tags({ cost: 1 }), "a text"],
  ["undefined for a tag", tags({ team: undefined }), "a text"],
  ["null for tags", tags(null), "keys and values"],
  ["a list for tags", tags(["team"]), "keys and values"],
  ["no target", attach(() => undefined), "an InternalClb"],
  ["a plain EIP as a target", attach((s) => new PlainEip(s, "plain")), "the construct s/plain"],
  ["a provider resource as a target", attach((s) => clb(s).resource), "AnycastTarget.loadBalancer("],
  [
    "a string for access points",
    (s) => void new AnycastEip(s, "eip").attach(clb(s), any({ popLocations: "us-west-1-pop" })),
    "a list of names",
  ],
  ["a port that is not a number", tcp({ port: NaN }), "got `NaN`"],
  ["an instance as a network interface", (s) => void clb(s).addBackend({ serverId: "i-1", type: "eni" }), "`eni-`"],
  ["a network interface as an instance", (s) => void clb(s).addBackend({ serverId: "eni-1", type: "ecs" }), "`i-`"],
  [
    "a container group in a server group",
    (s) => void clb(s).addServerGroup("group").addServer({ serverId: "eci-1", port: 80 }),
    "`i-` or `eni-`",
  ],
  ["a look-up by empty tags", (s) => void InternalClb.fromLookup(s, "clb", { tags: {} }), "at least one"],
  ["a look-up by an empty name", (s) => void InternalClb.fromLookup(s, "clb", { name: "" }), "at least one"],
  ["a look-up in an invalid VPC", (s) => void InternalClb.fromLookup(s, "clb", { vpcId: "vsw-1" }), "`vpc-`"],
  [
    "a look-up by an invalid instance",
    (s) => void AnycastTarget.fromNetworkInterfaceLookup(s, "eni", { instanceId: "eni-1" }),
    "`i-`",
  ],
  [
    "an access list with a duplicate block",
    (s) => void new ClbAccessList(s, "a", { name: "a", entries: [{ cidr: "10.0.0.0/8" }, { cidr: "10.0.0.0/8" }] }),
    "different blocks",
  ],
];

describe("a wrong value", () => {
  it.each(WRONG)("such as %s is refused before terraform plans", (_name, build, words) => {
    const message = said(build);
    expect(message).toContain(words);
    // A bad value is shown; where one is missing, or two exclude each other, a plain clause says so.
    expect(message).toMatch(/^(?:Expected .+ to be .+, got `[^]*`|(?!Expected).+) \(at s\/[^)]+\)\. Fix: ./);
  });

  it("is distinguished from similar valid ones", () => {
    expect(
      said((stack) => {
        const near = clb(stack, { deleteProtection: true });
        near.addListener({
          protocol: "tcp",
          port: 80,
          healthCheck: { type: "http", path: "/ready", domain: "a.example" },
        });
        near.addListener({ protocol: "http", port: 81, stickySession: { type: "server", cookie: "SESSION_ID" } });
        near.addListener({
          protocol: "udp",
          port: 80,
          serverGroupId: "rsp-1",
          access: { mode: "deny", lists: ["acl-1"] },
        });
        near.addBackend({ serverId: "eni-1" });
        near.addBackend({ serverId: "eci-1" });
        new PlainEip(stack, "plain", { bandwidth: 500, internetChargeType: "PayByBandwidth" }).attach(near);
        new AnycastEip(stack, "eip", { tags: { cost: "1" } }).attach(near);
        network({ cidr: "172.16.0.0/12", vswitchCidr: "172.31.255.0/29" })(stack);
      }),
    ).toBe("");
  });

  it("is left to terraform and the gate where it is a token or an expression that only terraform knows", () => {
    expect(
      said((stack) => {
        const { stringValue: text, numberValue: number } = new TerraformVariable(stack, "given", { type: "string" });
        for (const [id, value] of Object.entries({ token: text, words: "${var.given}" })) {
          const one = clb(stack, { name: value, vswitchId: value, address: value, tags: { team: value } }, `clb-${id}`);
          one.addBackend({ serverId: value });
          one.addListener({ protocol: "http", port: number, healthCheckPath: value });
          new AnycastEip(stack, `eip-${id}`, { name: `shop-${value}`, description: value }).attach(one);
        }
      }),
    ).toBe("");
  });
});

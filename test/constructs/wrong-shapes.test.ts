import type { App } from "cdktf";
import {
  AcceleratedService,
  AnycastEip,
  AnycastTarget,
  ClbAccessList,
  InternalClb,
  PlainEip,
  Policies,
  requireNames,
} from "../../src";
import { said } from "./said";
import { any, clb, service } from "./untyped";
import type { Build } from "./untyped";

const listener =
  (props: unknown): Build =>
  (stack) =>
    void clb(stack).addListener(any(props));
const web = (props: object): Build => listener({ protocol: "http", port: 80, ...props });
const tcp = (props: object): Build => listener({ protocol: "tcp", port: 80, ...props });
const eip =
  (props: unknown): Build =>
  (stack) =>
    void new AnycastEip(stack, "eip", any(props));
const list =
  (props: unknown): Build =>
  (stack) =>
    void new ClbAccessList(stack, "list", any(props));
const example = { domainName: "example.com", record: "www" };

const WRONG: readonly (readonly [string, Build, string])[] = [
  ["null for an address", eip(null), "the settings of an Anycast EIP to be an object, got `null`"],
  ["a text for an address", eip("shop"), 'got `"shop"`'],
  ["null for an EIP", (s) => void new PlainEip(s, "plain", any(null)), "the settings of an EIP"],
  ["nothing for a load balancer", (s) => void new InternalClb(s, "clb", any(undefined)), "of a load balancer"],
  ["nothing for a service", (s) => void new AcceleratedService(s, "x", any(undefined)), "of an accelerated service"],
  ["a number for a description", eip({ description: 5 }), "the description to be at most 256 characters"],
  ["null for a description", eip({ description: null }), "got `null`"],
  ["null for a name", eip({ name: null }), "2 to 128 characters"],
  ["a number for the name of a load balancer", (s) => void clb(s, { name: 7 }), "1 to 80 characters"],
  ["nothing for a listener", listener(undefined), "the settings of a listener to be an object, got `nothing`"],
  ["true for a health check", web({ healthCheck: true }), "an object, or false"],
  ["a word for a health check that is off", web({ healthCheck: "off" }), "an object, or false"],
  ["null for a health check", web({ healthCheck: null }), "an object, or false"],
  ["the old name of a server's address", web({ healthCheck: { domain: "$_ip" } }), "leave it out for the address"],
  ["a text for the accepted codes", web({ healthCheck: { httpCodes: "http_2xx" } }), "a list"],
  ["access without a mode, which would keep out whom it lists", tcp({ access: { lists: ["acl-1"] } }), "allow, deny"],
  ["access without lists", tcp({ access: { mode: "allow" } }), "access.lists to be a list"],
  ["a text for the access lists", tcp({ access: { mode: "allow", lists: "acl-1" } }), "access.lists to be a list"],
  ["true for sticky sessions", web({ stickySession: true }), "stickySession of a http listener to be an object"],
  ["sticky sessions without a type", web({ stickySession: {} }), "insert, server"],
  [
    "a cookie where the load balancer sets its own",
    web({ stickySession: { type: "insert", cookie: "SESSION" } }),
    "left out where the load balancer sets its own",
  ],
  ["nothing for a server", (s) => void clb(s).addBackend(any(undefined)), "the server to be an object"],
  ["an id for a server of a service", service({ servers: ["i-1"] }), "the server to be an object"],
  ["a text for the servers of a group", (s) => void clb(s).addServerGroup("g", any({ servers: "i-1" })), "a list"],
  [
    "a pair of servers with one",
    (s) => void clb(s).addMasterSlaveServerGroup("g", any({ name: "g", master: { serverId: "i-1", port: 80 } })),
    "master and slave to be an object",
  ],
  ["an access list without entries", list({ name: "office" }), "the entries of an access list to be a list"],
  ["a block alone as an entry", list({ name: "office", entries: ["10.0.0.0/8"] }), "an entry of an access list"],
  ["the region as a zone", service({ network: { zoneId: "cn-hongkong" } }), "a zone of the region cn-hongkong"],
  ["a zone without its hyphen", service({ network: { zoneId: "cn-hongkongb" } }), "such as cn-hongkong-b"],
  ["a contact group without a name", service({ alarm: { contactGroups: ["ops", " "] } }), 'a name, got `" "`'],
  ["a contact group that is nothing", service({ alarm: { contactGroups: [undefined] } }), "a name, got `nothing`"],
  ["a DNS record without a name", service({ dns: { domainName: "example.com" } }), "a name such as www, or @"],
  ["a DNS record of a URL", service({ dns: { ...example, domainName: "https://example.com" } }), "example.com"],
  ["a text for the ttl", service({ dns: { ...example, ttl: "600" } }), 'got `"600"`'],
  ["a text for the pattern of names", (s) => requireNames(s, any("^shop-")), "a regular expression"],
  [
    "nothing for an acknowledgement",
    (s) => void Policies.of(any<App>(s.node.root)).acknowledge(any(undefined)),
    "(at the app)",
  ],
];

const UNUSUAL: readonly (readonly [string, Build])[] = [
  ["a domain in another script", service({ dns: { domainName: "xn--fiqs8s.xn--fiqs8s", record: "@" } })],
  ["a record for every name below one", service({ dns: { domainName: "a.b.example.com", record: "*.x", ttl: 1 } })],
  ["an empty host of a health check", web({ healthCheck: { domain: "" } })],
  ["the numbers for the server's own port", web({ healthCheck: { port: -520 } })],
  ["the other number for it", web({ healthCheck: { port: 0 } })],
  [
    "a health check at all of its limits",
    web({
      port: 65_535,
      healthCheck: {
        port: 1,
        path: "/a?b=c&d=%20#x",
        method: "get",
        httpCodes: ["http_2xx", "http_3xx", "http_4xx", "http_5xx"],
        timeout: 300,
        interval: 50,
        healthyThreshold: 10,
        unhealthyThreshold: 2,
      },
    }),
  ],
  ["DNS over UDP", listener({ protocol: "udp", port: 53, backendPort: 5353, persistenceTimeout: 0, bandwidth: -1 })],
  ["Chinese names where CLB takes them", (s) => void clb(s, { name: "负载均衡/1" })],
  [
    "two zones and a private address",
    (s) => void clb(s, { masterZoneId: "cn-hongkong-b", slaveZoneId: "cn-hongkong-c", address: "10.255.255.254" }),
  ],
  ["a server without new connections", (s) => void clb(s).addBackend({ serverId: "i-1", weight: 0 })],
  [
    "one address and all addresses in a list",
    list({ name: "x", entries: [{ cidr: "203.0.113.7/32" }, { cidr: "0.0.0.0/0" }] }),
  ],
  ["settings that are there and undefined", eip({ name: undefined, tags: undefined, description: undefined })],
  [
    "things that are all there already",
    (s) =>
      void AnycastEip.fromAnycastEipId(s, "eip", "aeip-1").attach(InternalClb.fromLoadBalancerId(s, "clb", "lb-1")),
  ],
  [
    "a network interface by its address",
    (s) =>
      void new AnycastEip(s, "eip", { tags: { "a b:c": "" } }).attach(
        AnycastTarget.networkInterface({
          networkInterfaceId: "eni-1",
          region: "cn-hongkong",
          privateIpAddress: "10.0.0.7",
        }),
      ),
  ],
];

describe("a value of the wrong shape", () => {
  it.each(WRONG)("such as %s is refused with its path and what to do", (_name, build, words) => {
    const message = said(build);
    expect(message).toContain(words);
    expect(message).toMatch(/^Expected .+ to be .+, got `[^]*` \(at (?:s\/[^)]+|s|the app)\)\. Fix: ./);
  });

  it.each(UNUSUAL)("is not %s", (_name, build) => expect(said(build)).toBe(""));
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Aspects, TerraformStack, Testing } from "cdktf";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { DataAlicloudVpcs } from "@cdktf/provider-alicloud/lib/data-alicloud-vpcs";
import { Vpc } from "@cdktf/provider-alicloud/lib/vpc";
import { AcceleratedService, requireNames, tagAll } from "../../src";
import type { AcceleratedServiceProps } from "../../src";
import { failureOf, onlyResource, synthesise } from "./synthesise";
import type { Synthesised } from "./synthesise";

const place = mkdtempSync(join(tmpdir(), "aspects-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const LEAST = { name: "shop", vswitchId: "vsw-1", listeners: [{ protocol: "tcp", port: 443 }] } as const;
const service = (props: AcceleratedServiceProps): Synthesised =>
  synthesise((stack) => void new AcceleratedService(stack, "shop", props));

describe("AcceleratedService", () => {
  it("is a load balancer with its listeners, an address and their binding, and no more", () => {
    const made = service(LEAST);
    expect(Object.keys(made.resource!).sort()).toEqual([
      "alicloud_eipanycast_anycast_eip_address",
      "alicloud_eipanycast_anycast_eip_address_attachment",
      "alicloud_slb_listener",
      "alicloud_slb_load_balancer",
    ]);
    expect(made.data).toBeUndefined();
  });

  it("adds network, comparison, DNS record and alarm on request", () => {
    const made = service({
      name: "shop",
      network: { zoneId: "ap-southeast-1a" },
      listeners: LEAST.listeners,
      servers: [{ serverId: "i-1" }],
      compareWithPlainEip: true,
      dns: { domainName: "example.com", record: "shop" },
      alarm: { contactGroups: ["on-call"] },
      tags: { team: "shop" },
    });
    expect(onlyResource(made, "alicloud_vpc")).toMatchObject({ vpc_name: "shop-vpc", tags: { team: "shop" } });
    expect(onlyResource(made, "alicloud_eip_address")).toMatchObject({ address_name: "shop-plain" });
    expect(onlyResource(made, "alicloud_alidns_record")).toMatchObject({
      domain_name: "example.com",
      rr: "shop",
      type: "A",
      ttl: 600,
      value: expect.stringMatching(/addresses\[0\]\.ip_address\}$/) as string,
    });
    const alarm = onlyResource(made, "alicloud_cms_alarm");
    expect(alarm).toMatchObject({ metric: "UnhealthyServerCount", contact_groups: ["on-call"] });
    expect(alarm.metric_dimensions).toMatch(/alicloud_slb_load_balancer\..+\.id/);
  });

  it.each<[string, string, Partial<AcceleratedServiceProps>]>([
    ["no network", "NoNetwork", { vswitchId: undefined }],
    ["two networks", "NoNetwork", { network: { zoneId: "z" } }],
    ["an invalid CIDR block", "InvalidCidr", { vswitchId: undefined, network: { zoneId: "z", cidr: "10.0.0.1/16" } }],
    ["no listener", "NoListener", { listeners: [] }],
    ["a name that no address accepts", "InvalidName", { name: "1" }],
    ["an invalid domain", "InvalidDns", { dns: { domainName: "example", record: "www" } }],
    ["an alarm without contacts", "InvalidAlarm", { alarm: { contactGroups: [] } }],
  ])("refuses %s", (_, code, props) => {
    expect(failureOf(() => service({ ...LEAST, ...props } as AcceleratedServiceProps)).code).toBe(code);
  });
});

describe("aspects of an app", () => {
  function app(): { app: App; add: (id: string) => TerraformStack; read: (id: string) => Synthesised } {
    const root = new App({ outdir: mkdtempSync(join(place, "app-")) });
    const stacks = new Map<string, TerraformStack>();
    const add = (id: string): TerraformStack => {
      const stack = new TerraformStack(root, id);
      new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
      new DataAlicloudVpcs(stack, "vpcs", {});
      new Vpc(stack, "vpc", { vpcName: "shop-vpc", tags: { team: "own" } });
      stacks.set(id, stack);
      return stack;
    };
    return { app: root, add, read: (id) => JSON.parse(Testing.synth(stacks.get(id)!)) as Synthesised };
  }

  it("tag existing and later stacks, and keep a resource's own tags", () => {
    const { app: root, add, read } = app();
    add("early");
    tagAll(root, { team: "web", stage: "live" });
    add("late");
    root.synth();
    for (const id of ["early", "late"]) {
      expect(onlyResource(read(id), "alicloud_vpc").tags).toEqual({ team: "own", stage: "live" });
      expect(Object.values(read(id).data!.alicloud_vpcs!)[0]).not.toHaveProperty("tags");
    }
  });

  it("are applied by cdktf from the stack downwards only, so the library has its own", () => {
    const { app: root, add, read } = app();
    const visited: string[] = [];
    Aspects.of(root).add({ visit: (node) => void visited.push(node.node.path) });
    add("stack");
    read("stack");
    expect(visited).toEqual([]);
  });

  it("refuse a name that breaks the naming rule", () => {
    const { app: root, add } = app();
    add("stack");
    requireNames(root, /^web-/, "begin with web-");
    expect(() => root.synth()).toThrow(
      "Expected the name of alicloud_vpc to begin with web-, got `shop-vpc` (at stack/vpc). Fix: rename it.",
    );
  });

  it("refuse tags that no resource accepts", () => {
    expect(failureOf(() => tagAll(new App(), { "acs:x": "y" })).code).toBe("InvalidTags");
  });
});

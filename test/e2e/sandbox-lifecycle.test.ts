import { readFileSync } from "node:fs";
import { join } from "node:path";
import { comparableImports, comparableState } from "../../packages/sandbox/test/provider/support/comparable-state";
import { Workspace } from "../../packages/sandbox/test/provider/support/workspace";
import { importBlocks, LOOKUPS, LOOKUPS_AFTER, RESOURCES } from "../../packages/sandbox/test/provider/support/whole";

jest.setTimeout(60_000);

/** What the released provider 1.289.0 made of the same configuration in the sandbox. */
const REAL = JSON.parse(
  readFileSync(join(__dirname, "../../packages/sandbox/test/provider/fixtures/real-state.json"), "utf8"),
) as Readonly<Record<"state" | "imports", Readonly<Record<string, unknown>>>>;

/** Changes of a plan as `address: actions`. */
const told = (changes: readonly { address: string; change: { actions: readonly string[] } }[]): readonly string[] =>
  changes.map((one) => `${one.address}: ${one.change.actions.join("+")}`).sort();

describe("the real terraform with the provider of the sandbox", () => {
  let work: Workspace;

  beforeAll(async () => {
    work = await Workspace.open();
    await work.configure(LOOKUPS + RESOURCES + LOOKUPS_AFTER);
    await work.apply();
  });
  afterAll(() => work.close());

  it("plans nothing after an apply", async () => {
    const { changes, text } = await work.plan();
    expect(told(changes)).toEqual([]);
    expect(text).toContain("No changes.");
  });

  it("reads back through data sources what it created", () => {
    const [address] = work.values("data.alicloud_eipanycast_anycast_eip_addresses.a").addresses as Record<
      string,
      unknown
    >[];
    const { id } = work.values("alicloud_eipanycast_anycast_eip_address.a");
    const loadBalancer = work.values("alicloud_slb_load_balancer.lb");
    expect(address).toMatchObject({
      id,
      anycast_eip_address_name: "demo",
      status: "Associated",
      ip_address: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/) as string,
      anycast_eip_bind_info_list: [{ bind_instance_id: loadBalancer.id, bind_instance_region_id: "ap-southeast-1" }],
    });
    const [balancer] = work.values("data.alicloud_slb_load_balancers.v").balancers as Record<string, unknown>[];
    expect(balancer).toMatchObject({
      id: loadBalancer.id,
      address_type: "intranet",
      network_type: "vpc",
      tags: { a: "b" },
    });
    const [vpc] = work.values("data.alicloud_vpcs.v").vpcs as Record<string, unknown>[];
    expect(vpc).toMatchObject({ cidr_block: "10.0.0.0/8", vpc_name: "v", tags: { a: "b", c: "d" } });
    const [eip] = work.values("data.alicloud_eip_addresses.v").addresses as Record<string, unknown>[];
    expect(eip).toMatchObject({ address_name: "e", status: "InUse", instance_id: loadBalancer.id });
    expect(work.values("data.alicloud_regions.r").ids).toEqual(["ap-southeast-1"]);
  });

  it("uses the id formats of the real provider", () => {
    const group = String(work.values("alicloud_security_group.g").id);
    expect(work.values("alicloud_security_group_rule.r").id).toBe(
      `${group}:ingress:tcp:80/80:<nil>:0.0.0.0/0:accept:1`,
    );
    const loadBalancer = String(work.values("alicloud_slb_load_balancer.lb").id);
    expect(work.values("alicloud_slb_listener.tcp").id).toBe(`${loadBalancer}:tcp:80`);
    expect(work.values("alicloud_slb_backend_server.b").id).toBe(loadBalancer);
    const address = String(work.values("alicloud_eipanycast_anycast_eip_address.a").id);
    expect(work.values("alicloud_eipanycast_anycast_eip_address_attachment.t").id).toBe(
      `${address}:${loadBalancer}:ap-southeast-1:SlbInstance`,
    );
  });

  it("has the same state as the released provider after the same apply", async () => {
    await work.succeed("apply", "-refresh-only", "-input=false", "-auto-approve");
    expect(comparableState(work.state())).toEqual(REAL.state);
  });

  it("imports every resource with the values that the released provider reads", async () => {
    const blocks = await importBlocks(work);
    const other = work.within("imported");
    await other.configure(LOOKUPS + RESOURCES + blocks);
    const { json, changes } = await other.plan();
    expect(json.resource_changes?.filter((one) => one.address.startsWith("alicloud_"))).toHaveLength(
      blocks.match(/^import/gm)!.length,
    );
    // With the released provider as well: whether a creation is a dry run is nothing that could be read back.
    expect(told(changes)).toEqual(["alicloud_instance.i[0]: update", "alicloud_instance.i[1]: update"]);
    expect(comparableImports(json.resource_changes ?? [])).toEqual(REAL.imports);
  });

  it("changes in place what the cloud can change, and plans nothing afterwards", async () => {
    const edited = RESOURCES.replace('tags       = { a = "b", c = "d" }', 'tags       = { a = "x", e = "f" }')
      .replace('description         = "the group"', 'description         = "another"')
      .replaceAll("weight    = 100", "weight    = 50")
      .replace('instance_name   = "web-${count.index}"', 'instance_name   = "app-${count.index}"')
      .replace(
        'anycast_eip_address_name = "demo"',
        'anycast_eip_address_name = "renamed"\n  description = "now with words"',
      )
      .replace('bandwidth            = "5"', 'bandwidth            = "10"')
      .replace('load_balancer_name = "lb"', 'load_balancer_name = "balancer"')
      .replace("cookie_timeout   = 100", "cookie_timeout   = 200");
    await work.configure(LOOKUPS + edited);
    const { changes } = await work.plan();
    expect(told(changes)).toEqual([
      "alicloud_eip_address.e: update",
      "alicloud_eipanycast_anycast_eip_address.a: update",
      "alicloud_instance.i[0]: update",
      "alicloud_instance.i[1]: update",
      "alicloud_security_group.g: update",
      "alicloud_slb_backend_server.b: update",
      "alicloud_slb_listener.http: update",
      "alicloud_slb_load_balancer.lb: update",
      "alicloud_vpc.v: update",
    ]);
    await work.succeed("apply", "-input=false", "plan");
    expect(work.values("alicloud_vpc.v").tags).toEqual({ a: "x", e: "f" });
    expect(told((await work.plan()).changes)).toEqual([]);
    await work.configure(LOOKUPS + RESOURCES);
    await work.apply();
    expect(told((await work.plan()).changes)).toEqual([]);
  });

  it("replaces what cannot be changed in place, and what depends on it", async () => {
    await work.configure(
      LOOKUPS + RESOURCES.replace('service_location         = "international"', 'service_location = "ChineseMainland"'),
    );
    const { changes } = await work.plan();
    expect(told(changes)).toEqual([
      "alicloud_eipanycast_anycast_eip_address.a: delete+create",
      "alicloud_eipanycast_anycast_eip_address_attachment.t: delete+create",
    ]);
    expect(changes[0]?.change.replace_paths).toEqual([["service_location"]]);
    await work.configure(LOOKUPS + RESOURCES);
  });

  it("detects changes made outside terraform, and reverts them", async () => {
    const { cloud } = work.sandbox;
    const context = { region: "ap-southeast-1" };
    const vpc = String(work.values("alicloud_vpc.v").id);
    await cloud.call("Vpc", "ModifyVpcAttribute", { VpcId: vpc, Description: "by hand" }, context);
    const binding = work.values("alicloud_eipanycast_anycast_eip_address_attachment.t");
    await cloud.call(
      "Eipanycast",
      "UnassociateAnycastEipAddress",
      {
        AnycastId: String(binding.anycast_id),
        BindInstanceId: String(binding.bind_instance_id),
        BindInstanceRegionId: "ap-southeast-1",
        BindInstanceType: "SlbInstance",
      },
      context,
    );
    const { changes } = await work.plan();
    expect(told(changes)).toEqual([
      "alicloud_eipanycast_anycast_eip_address_attachment.t: create",
      "alicloud_vpc.v: update",
    ]);
    await work.apply();
    expect(told((await work.plan()).changes)).toEqual([]);
  });

  it("leaves nothing behind after destroy", async () => {
    await work.succeed("destroy", "-input=false", "-auto-approve");
    const kinds = work.sandbox.status().objects.map((one) => one.kind);
    expect(kinds.filter((kind) => kind !== "resource-group")).toEqual([]);
  });
});

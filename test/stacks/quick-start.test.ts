import { App, Testing } from "cdktf";
import { QuickStartStack } from "../../stacks/quick-start";
import { RefusedExampleStack } from "../../stacks/refused-example";
import { parseSettings } from "../../stacks/settings";

type Attributes = Record<string, unknown>;
interface Made {
  readonly resource: Record<string, Record<string, Attributes>>;
  readonly data: Record<string, Record<string, Attributes>>;
  readonly output: Record<string, { value: unknown }>;
  readonly provider: { alicloud: Attributes[] };
  readonly terraform: { required_providers: unknown; backend: unknown };
}

const settings = (more = ""): ReturnType<typeof parseSettings> =>
  parseSettings(`region: eu-central-1\nname: web\n${more}`, "settings.yaml");
const quickStart = (more = ""): Made =>
  JSON.parse(Testing.synth(new QuickStartStack(new App(), "quick-start", settings(more)), true)) as Made;
const all = (made: Made, type: string): Attributes[] => Object.values(made.resource[type] ?? {});
const only = (made: Made, type: string): Attributes => {
  expect(all(made, type)).toHaveLength(1);
  return all(made, type)[0] as Attributes;
};
const reference = (made: Made, type: string, attribute = "id"): string =>
  `\${${type}.${Object.keys(made.resource[type] ?? {})[0]}.${attribute}}`;

describe("The quick start", () => {
  it("contains everything from the network to the attachment", () => {
    const counts = Object.entries(quickStart().resource).map(([type, some]) => [type, Object.keys(some).length]);
    expect(Object.fromEntries(counts)).toEqual({
      alicloud_vpc: 1,
      alicloud_vswitch: 1,
      alicloud_security_group: 1,
      alicloud_security_group_rule: 1,
      alicloud_instance: 2,
      alicloud_slb_load_balancer: 1,
      alicloud_slb_listener: 1,
      alicloud_slb_backend_server: 1,
      alicloud_eip_address: 1,
      alicloud_eip_association: 1,
      alicloud_eipanycast_anycast_eip_address: 1,
      alicloud_eipanycast_anycast_eip_address_attachment: 1,
    });
  });

  it("uses the provider from its registry address, with a pinned version", () => {
    const made = quickStart();
    expect(made.terraform.required_providers).toEqual({ alicloud: { source: "aliyun/alicloud", version: "1.289.0" } });
    expect(made.provider).toEqual({ alicloud: [{ region: "eu-central-1" }] });
  });

  it("binds the Anycast EIP to the internal load balancer in the region of the settings", () => {
    const made = quickStart();
    expect(only(made, "alicloud_slb_load_balancer")).toMatchObject({
      address_type: "intranet",
      vswitch_id: reference(made, "alicloud_vswitch"),
    });
    expect(only(made, "alicloud_eipanycast_anycast_eip_address_attachment")).toMatchObject({
      anycast_id: reference(made, "alicloud_eipanycast_anycast_eip_address"),
      bind_instance_id: reference(made, "alicloud_slb_load_balancer"),
      bind_instance_type: "SlbInstance",
      bind_instance_region_id: "eu-central-1",
    });
  });

  it("puts the servers behind the load balancer and gives them no public address", () => {
    const made = quickStart("servers: { count: 3, instanceType: ecs.g7.large }\n");
    const ids = Object.keys(made.resource.alicloud_instance ?? {}).map((name) => `\${alicloud_instance.${name}.id}`);
    expect(ids).toHaveLength(3);
    expect(only(made, "alicloud_slb_backend_server").backend_servers).toEqual(
      ids.map((id) => ({ server_id: id, type: "ecs", weight: 100 })),
    );
    for (const instance of all(made, "alicloud_instance")) {
      expect(instance).toMatchObject({ instance_type: "ecs.g7.large", instance_charge_type: "PostPaid" });
      expect(instance).not.toHaveProperty("internet_max_bandwidth_out");
    }
  });

  it("looks up zone, image and instance type, unless the settings name them", () => {
    expect(Object.keys(quickStart().data).sort()).toEqual([
      "alicloud_eipanycast_anycast_eip_addresses",
      "alicloud_images",
      "alicloud_instance_types",
      "alicloud_slb_zones",
    ]);
    const named = quickStart("zone: eu-central-1a\nservers: { instanceType: ecs.g7.large }\n");
    expect(Object.keys(named.data).sort()).toEqual(["alicloud_eipanycast_anycast_eip_addresses", "alicloud_images"]);
    expect(only(named, "alicloud_vswitch").zone_id).toBe("eu-central-1a");
  });

  it("passes on every setting of the Anycast EIP", () => {
    const made = quickStart(
      "resourceGroupId: rg-1\ntags: { team: web }\nanycast: { name: entry, bandwidth: 300, description: d, quantity: 2 }\n",
    );
    expect(all(made, "alicloud_eipanycast_anycast_eip_address")).toEqual(
      ["entry", "entry-2"].map((name) =>
        expect.objectContaining({
          anycast_eip_address_name: name,
          service_location: "international",
          internet_charge_type: "PayByTraffic",
          payment_type: "PayAsYouGo",
          bandwidth: 300,
          description: "d",
          resource_group_id: "rg-1",
          tags: { team: "web" },
        }),
      ),
    );
    expect(all(made, "alicloud_eipanycast_anycast_eip_address_attachment")).toHaveLength(1);
  });

  it("outputs both addresses, both URLs and the ids", () => {
    const { output, ...made } = quickStart("service: { port: 8080 }\n");
    const anycast = String(output.anycast_ip_address?.value);
    expect(anycast).toMatch(/^\$\{data\.alicloud_eipanycast_anycast_eip_addresses\..+\.addresses\[0\]\.ip_address\}$/);
    expect(output.plain_ip_address?.value).toBe(reference(made as Made, "alicloud_eip_address", "ip_address"));
    expect(output.accelerated_url?.value).toBe(`http://${anycast}:8080/`);
    expect(output.plain_url?.value).toBe(`http://${String(output.plain_ip_address?.value)}:8080/`);
    expect(Object.keys(output).sort()).toEqual([
      "accelerated_url",
      "anycast_id",
      "anycast_ids",
      "anycast_ip_address",
      "attachment_id",
      "load_balancer_id",
      "plain_id",
      "plain_ip_address",
      "plain_url",
      "region",
      "server_ids",
      "vpc_id",
      "vswitch_id",
    ]);
  });
});

describe("The refused example", () => {
  it("binds an Anycast EIP to an internet-facing load balancer, which the gate must refuse", () => {
    const made = JSON.parse(
      Testing.synth(new RefusedExampleStack(new App(), "internet-facing", settings()), true),
    ) as Made;
    expect(only(made, "alicloud_slb_load_balancer").address_type).toBe("internet");
    expect(only(made, "alicloud_eipanycast_anycast_eip_address_attachment").bind_instance_id).toBe(
      reference(made, "alicloud_slb_load_balancer"),
    );
  });
});

import { adds, all, binds, type Cause, nothing, plans, removes, sourceOf } from "./causes";
import { ADDRESS, addClb, ATTACHMENT, block, change, CLB, type Json, refer, references } from "./plan";

const KNOWN_FIRST = (attribute: string): RegExp =>
  new RegExp(`^Set ${attribute} to a value that is known when the plan is made\\.$`);
const provider = (type: string, name: string) => (plan: Json) => {
  change(plan, type).provider_name = `registry.terraform.io/${name}/alicloud`;
};
const points = (...names: string[]): Json => ({ pop_locations: names.map((name) => ({ pop_location: name })) });
const second = (plan: Json): void => void addClb(plan, "second");
const taking = (id: string): string =>
  sourceOf(
    "alicloud_slb_load_balancer.lb.id",
    `resource "alicloud_slb_load_balancer" "second" {
  address_type = "intranet"
  vswitch_id   = alicloud_vswitch.s.id
}
resource "alicloud_eipanycast_anycast_eip_address" "b" {}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "u" {
  anycast_id       = alicloud_eipanycast_anycast_eip_address.b.id
  bind_instance_id = ${id}
}
`,
  );
const inVSwitch = (id: string): string => sourceOf("alicloud_slb_load_balancer.lb.id", "", { vswitch: id });
const ofAddress = (anycast: string): string => sourceOf("alicloud_slb_load_balancer.lb.id", "", { anycast });
const OF_ADDRESS =
  /^Take the id of the Anycast EIP itself \(anycast_id = alicloud_eipanycast_anycast_eip_address\.NAME\.id\), or choose among such ids\.$/;
const ofMode = (mode: string): string => sourceOf("alicloud_slb_load_balancer.lb.id", "", { mode });
const mode = (of: string) => ({ association_mode: of });

/** A second load balancer in another region, by a provider of its own. */
const hongKong = { bind_instance_region_id: "cn-hongkong" };
const elsewhere = [
  second,
  (plan: Json): void => {
    const { alicloud } = plan.configuration.provider_config;
    const region_ = { region: { constant_value: "cn-hongkong" } };
    plan.configuration.provider_config["alicloud.hk"] = { ...alicloud, alias: "hk", expressions: region_ };
    block(plan, CLB, { n: 1 }).provider_config_key = "alicloud.hk";
    plans(CLB, { vswitch_id: "vsw-hongkong" }, 1)(plan);
  },
];
const existing = (type: string) => (plan: Json) => Object.assign(change(plan, type).change, { actions: ["no-op"] });

/** What is wrong with a load balancer, an Anycast EIP, a region or the plan. */
export const OF_PLANS: readonly Cause[] = [
  {
    title: "an address type that is not set",
    rule: "binding/internal-only",
    made: (plan) => {
      plans(CLB, { address_type: undefined })(plan);
      delete block(plan, CLB).expressions.address_type;
    },
    fix: /^Set address_type = "intranet" on the CLB\. Left out, the cloud may create it internet-facing\.$/,
    carriedOut: plans(CLB, { address_type: "intranet" }),
  },
  {
    title: "an address type that is known only after apply",
    rule: "binding/internal-only",
    made: all(plans(CLB, { address_type: undefined }), (plan) => {
      block(plan, CLB).expressions.address_type = references("alicloud_vpc.v.id");
    }),
    fix: /^Write address_type = "intranet" itself, instead of a value that another resource has only after apply\.$/,
    carriedOut: plans(CLB, { address_type: "intranet" }),
  },
  {
    title: "an internet-facing load balancer",
    rule: "binding/internal-only",
    made: plans(CLB, { address_type: "internet" }),
    fix: /^Set address_type = "intranet" and a vswitch_id on the CLB, or bind to another CLB that has them \(the InternalClb construct cannot be declared without\)\.$/,
    carriedOut: plans(CLB, { address_type: "intranet" }),
  },
  {
    title: "a load balancer in the classic network",
    rule: "binding/vpc-only",
    made: plans(CLB, { vswitch_id: null }),
    fix: /^Give the CLB the id of a vSwitch \(vswitch_id = alicloud_vswitch\.NAME\.id\), without a condition that may make it null\.$/,
    carriedOut: plans(CLB, { vswitch_id: undefined }),
  },
  {
    title: "a vSwitch that may be something else",
    rule: "binding/vpc-only",
    made: (plan) => (block(plan, CLB).expressions.vswitch_id = references("alicloud_vpc.v.id")),
    fix: /^Take the id of a vSwitch of this plan and nothing else \(vswitch_id = alicloud_vswitch\.NAME\.id\), or check the saved plan file instead of its JSON\.$/,
    carriedOut: (plan) => (block(plan, CLB).expressions.vswitch_id = references("alicloud_vswitch.s.id")),
  },
  {
    title: "a vSwitch that may be something else, as the source shows",
    rule: "binding/vpc-only",
    source: inVSwitch('alicloud_vpc.v.id == "x" ? null : alicloud_vswitch.s.id'),
    made: nothing,
    fix: /^Take the id of a vSwitch of this plan and nothing else \(vswitch_id = alicloud_vswitch\.NAME\.id\)\.$/,
    carriedOut: nothing,
    then: { source: inVSwitch("alicloud_vswitch.s.id") },
  },
  {
    title: "an anycast_id that is the id of something else",
    rule: "binding/provable-target",
    made: plans(ATTACHMENT, { anycast_id: "lb-1" }),
    fix: OF_ADDRESS,
    carriedOut: plans(ATTACHMENT, { anycast_id: undefined }),
  },
  {
    title: "an anycast_id that is computed",
    rule: "binding/provable-target",
    source: ofAddress("upper(alicloud_eipanycast_anycast_eip_address.a.id)"),
    made: nothing,
    fix: OF_ADDRESS,
    carriedOut: nothing,
    then: { source: ofAddress("alicloud_eipanycast_anycast_eip_address.a.id") },
  },
  {
    title: "a binding of a load balancer that is destroyed in the same plan",
    rule: "binding/provable-target",
    made: removes(CLB, "lb"),
    fix: /^Refer to a load balancer that this plan keeps or creates/,
    carriedOut: (plan) => {
      refer(plan, { constant_value: "lb-made0000" });
      plans(ATTACHMENT, { bind_instance_id: "lb-made0000" })(plan);
    },
    then: {
      settings: {
        live: {
          load_balancers: [
            {
              id: "lb-made0000",
              address_type: "intranet",
              vswitch_id: "vsw-1",
              region: "ap-southeast-1",
              seen_at: "now",
            },
          ],
        },
      },
    },
  },
  {
    title: "another instance type",
    rule: "binding/target-type",
    made: plans(ATTACHMENT, { bind_instance_type: "EcsInstance" }),
    fix: /^Set bind_instance_type = "SlbInstance", or allow network interfaces in anycast\.yaml \(network_interfaces: true\)\.$/,
    carriedOut: plans(ATTACHMENT, { bind_instance_type: "SlbInstance" }),
  },
  {
    title: "an instance type that is known only after apply",
    rule: "binding/target-type",
    made: plans(ATTACHMENT, { bind_instance_type: undefined }),
    fix: KNOWN_FIRST("bind_instance_type"),
    carriedOut: plans(ATTACHMENT, { bind_instance_type: "SlbInstance" }),
  },
  {
    title: "two bindings of one address in one region",
    rule: "binding/one-per-region",
    made: all(second, binds("u", "second", mode("Normal"))),
    fix: /^Bind the second load balancer to an Anycast EIP of its own, or bind it in another region\.$/,
    carriedOut: all(removes(ATTACHMENT, "u"), adds(ADDRESS, "b"), binds("u", "second", {}, "b")),
  },
  {
    title: "two default bindings of one address",
    rule: "binding/one-default-per-address",
    made: all(
      ...elsewhere,
      plans(ATTACHMENT, mode("Default")),
      binds("u", "second", { ...mode("Default"), ...hongKong }),
    ),
    fix: /^Set association_mode = "Default" on one binding of the address and "Normal" on the others\.$/,
    carriedOut: plans(ATTACHMENT, { ...mode("Normal"), ...hongKong }, 1),
  },
  {
    title: "one load balancer on two addresses",
    rule: "binding/one-address-per-target",
    made: all(adds(ADDRESS, "b"), binds("u", "lb", {}, "b")),
    fix: /^Bind another load balancer, or remove one of the bindings\.$/,
    carriedOut: removes(ATTACHMENT, "u"),
  },
  {
    title: "two bindings that may take one load balancer",
    rule: "binding/one-address-per-target",
    source: taking(
      'alicloud_vpc.v.id == "x" ? alicloud_slb_load_balancer.lb.id : alicloud_slb_load_balancer.second.id',
    ),
    made: all(second, adds(ADDRESS, "b"), binds("u", "lb", {}, "b")),
    fix: /^Choose each load balancer by a key or position that is known when the plan is made, so that no two bindings may bind one\.$/,
    carriedOut: nothing,
    then: { source: taking("alicloud_slb_load_balancer.second.id") },
  },
  {
    title: "an association_mode that is known only after apply",
    rule: "binding/default-target",
    source: ofMode('alicloud_vpc.v.id == "x" ? "Normal" : "Default"'),
    made: plans(ATTACHMENT, { association_mode: undefined }),
    fix: /^Set association_mode to a value that is known when the plan is made\.$/,
    carriedOut: plans(ATTACHMENT, { association_mode: "Default" }),
    then: { source: ofMode('"Default"') },
  },
  {
    title: "a new address with Normal bindings only",
    rule: "binding/default-target",
    made: plans(ATTACHMENT, mode("Normal")),
    fix: /^Set association_mode = "Default" on one binding of the address, or leave it out\.$/,
    carriedOut: plans(ATTACHMENT, mode("Default")),
  },
  {
    title: "an access point that the area may not have",
    rule: "binding/access-points",
    made: plans(ATTACHMENT, points("nowhere-pop")),
    fix: /^Name access points that the area has; DescribeAnycastPopLocations lists them\.$/,
    carriedOut: plans(ATTACHMENT, points("cn-hongkong-pop")),
  },
  {
    title: "an access point of the other area",
    rule: "binding/access-points",
    made: plans(ATTACHMENT, points("cn-beijing-pop")),
    fix: /^Name access points of the area of the Anycast EIP\.$/,
    carriedOut: plans(ATTACHMENT, points("cn-hongkong-pop")),
  },
  {
    title: "a region for an access point",
    rule: "binding/access-points",
    made: plans(ATTACHMENT, points("us-west-1")),
    fix: /^Name each access point as DescribeAnycastPopLocations does: REGION-pop\.$/,
    carriedOut: plans(ATTACHMENT, points("us-west-1-pop")),
  },
  {
    title: "access points that are known only after apply",
    rule: "binding/access-points",
    made: plans(ATTACHMENT, { pop_locations: undefined }),
    fix: KNOWN_FIRST("pop_locations"),
    carriedOut: plans(ATTACHMENT, points("cn-hongkong-pop")),
  },
  {
    title: "an access point on two bindings",
    rule: "binding/access-points",
    made: all(
      ...elsewhere,
      plans(ATTACHMENT, { ...mode("Normal"), ...points("cn-hongkong-pop") }),
      binds("u", "second", { ...mode("Normal"), ...points("cn-hongkong-pop"), ...hongKong }),
      existing(ADDRESS),
    ),
    fix: /^Name each access point in one binding of the Anycast EIP\.$/,
    carriedOut: plans(ATTACHMENT, points("us-west-1-pop"), 1),
  },
  {
    title: "access points on a default binding",
    rule: "binding/access-points",
    made: plans(ATTACHMENT, { ...mode("Default"), ...points("cn-hongkong-pop") }),
    fix: /^Leave pop_locations out of the binding with association_mode = "Default"\.$/,
    carriedOut: plans(ATTACHMENT, points()),
  },
  {
    title: "another charge type of a new load balancer",
    rule: "clb/charge-type",
    made: plans(CLB, { instance_charge_type: "PayBySpec" }),
    fix: /^Set instance_charge_type = "PayByCLCU" and leave load_balancer_spec out\.$/,
    carriedOut: plans(CLB, { instance_charge_type: "PayByCLCU" }),
  },
  {
    title: "an interruption of a service",
    rule: "change/interruption",
    settings: { window: { open: false, next: "2026-11-23" } },
    made: (plan) => Object.assign(change(plan, CLB).change, { actions: ["no-op"] }),
    fix: /^Do it off-peak, or move the load to another CLB first; with a change window, wait for it \(anycast deploy --wait-for-window\)\.$/,
    carriedOut: (plan) => Object.assign(change(plan, CLB).change, { actions: ["create"] }),
  },
  {
    title: "a module without the provider's source",
    rule: "plan/provider",
    made: provider(ADDRESS, "hashicorp"),
    fix: /^Write required_providers \{ alicloud = \{ source = "aliyun\/alicloud" \} \} in the module that declares alicloud_eipanycast_anycast_eip_address\.a, run/,
    carriedOut: provider(ADDRESS, "aliyun"),
  },
  {
    title: "a state that names another provider, for one of two resources",
    rule: "plan/provider",
    of: "noop-good",
    made: provider(ADDRESS, "hashicorp"),
    fix: /^Run terraform state replace-provider with the provider of the state and aliyun\/alicloud, and write source = "aliyun\/alicloud" in the required_providers of every module\.$/,
    carriedOut: provider(ADDRESS, "aliyun"),
  },
  {
    title: "expressions without their text",
    rule: "plan/expressions-visible",
    settings: { levels: { "plan/expressions-visible": "deny" } },
    made: nothing,
    fix: /^Check the saved plan file instead of its JSON \(terraform plan -out=p\.tfplan; anycast check p\.tfplan\)\.$/,
    carriedOut: nothing,
    then: { source: sourceOf("alicloud_slb_load_balancer.lb.id") },
  },
];

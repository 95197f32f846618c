import { adds, all, type Cause, nothing, plans, sourceOf } from "./causes";
import { addDataSource, ATTACHMENT, block, change, CLB, type Json, refer, references } from "./plan";

const PROVABLE = "binding/provable-target";
const toLb = (plan: Json): void => refer(plan, references(`${CLB}.lb.id`));
const refers =
  (...to: string[]) =>
  (plan: Json) =>
    refer(plan, references(...to));
const literal = plans(ATTACHMENT, { bind_instance_id: "lb-made0000" });
const byReference = all(plans(ATTACHMENT, { bind_instance_id: undefined }), toLb);
const seen = { id: "lb-made0000", address_type: "intranet", vswitch_id: "vsw-1", region: "ap-southeast-1" };
const ENI = "alicloud_ecs_network_interface";

const PUBLIC = `resource "alicloud_slb_load_balancer" "public" {
  address_type = "internet"
  vswitch_id   = alicloud_vswitch.s.id
}
`;
const chosenBy = (key: string): string =>
  sourceOf(`{ internal = ${CLB}.lb.id, public = ${CLB}.public.id }[${key}]`, PUBLIC);

const addInterface = (plan: Json): void => {
  const copy = structuredClone(change(plan, "alicloud_vswitch"));
  Object.assign(copy, { address: `${ENI}.n`, type: ENI, name: "n" });
  plan.resource_changes.push(copy);
  const its = structuredClone(block(plan, "alicloud_vswitch"));
  plan.configuration.root_module.resources.push(Object.assign(its, { address: `${ENI}.n`, type: ENI, name: "n" }));
};

/** What is wrong with the id that is bound. */
export const OF_TARGETS: readonly Cause[] = [
  {
    title: "a local value in between",
    rule: PROVABLE,
    made: (plan) => refer(plan, { references: ["local.lb"] }),
    fix: /^Check the saved plan file instead of its JSON: it holds local values\. Or refer to the load balancer without one\.$/,
    carriedOut: toLb,
  },
  {
    title: "a local value in between, with the saved plan",
    rule: PROVABLE,
    made: (plan) => refer(plan, { references: ["local.lb"] }),
    fix: /^Check the saved plan file instead of its JSON: it holds local values/,
    carriedOut: nothing,
    then: { source: sourceOf("local.lb", "locals {\n  lb = alicloud_slb_load_balancer.lb.id\n}\n") },
  },
  {
    title: "an id that is computed from a file",
    rule: PROVABLE,
    source: sourceOf('templatefile("id.tpl", { id = alicloud_slb_load_balancer.lb.id })'),
    made: nothing,
    fix: /^Write the value into the configuration or pass it as a variable: the gate reads no files\.$/,
    carriedOut: nothing,
    then: { source: sourceOf("alicloud_slb_load_balancer.lb.id") },
  },
  {
    title: "a choice by what stands in a file",
    rule: "binding/internal-only",
    source: chosenBy('file("key.txt")'),
    made: adds(CLB, "public", { address_type: "internet" }),
    fix: /^Choose the load balancer by a variable, a local value or a key that the gate can evaluate\. Or, for each that may be bound: Set address_type = "intranet"/,
    carriedOut: nothing,
    then: { source: chosenBy('"internal"') },
  },
  {
    title: "another attribute than the id",
    rule: PROVABLE,
    made: refers(`${CLB}.lb.address`),
    fix: /^Take its id: bind_instance_id = alicloud_slb_load_balancer\.NAME\.id\.$/,
    carriedOut: toLb,
  },
  {
    title: "a literal id without a proof, fixed with a data source",
    rule: PROVABLE,
    made: literal,
    fix: /^Read the load balancer with the data source alicloud_slb_load_balancers in this configuration, or run the check with --live\.$/,
    carriedOut: (plan) => addDataSource(plan, [seen]),
  },
  {
    title: "a literal id without a proof, fixed with --live",
    rule: PROVABLE,
    made: literal,
    fix: /or run the check with --live\.$/,
    carriedOut: nothing,
    then: { settings: { live: { load_balancers: [{ ...seen, seen_at: "2026-11-22" }] } } },
  },
  {
    title: "an internet-facing load balancer that a data source has read",
    rule: "binding/internal-only",
    made: all(literal, (plan) => addDataSource(plan, [{ ...seen, address_type: "internet" }])),
    fix: /^Bind a load balancer that is internal and has a vSwitch\. This one is not managed by this configuration\.$/,
    carriedOut: byReference,
  },
  {
    title: "a load balancer in the classic network that the cloud has been asked about",
    rule: "binding/vpc-only",
    made: literal,
    settings: { live: { load_balancers: [{ ...seen, vswitch_id: "", seen_at: "2026-11-22" }] } },
    fix: /^Bind a load balancer that is internal and has a vSwitch\. This one is not managed by this configuration\.$/,
    carriedOut: byReference,
  },
  {
    title: "something that is not an id",
    rule: PROVABLE,
    made: plans(ATTACHMENT, { bind_instance_id: "eip-1" }),
    fix: /^Set bind_instance_id to the id of a load balancer: alicloud_slb_load_balancer\.NAME\.id\.$/,
    carriedOut: byReference,
  },
  {
    title: "a load balancer that will not exist",
    rule: PROVABLE,
    made: refers(`${CLB}.gone.id`),
    fix: /^Refer to a load balancer that this plan keeps or creates, or read it with the data source alicloud_slb_load_balancers\.$/,
    carriedOut: toLb,
  },
  {
    title: "a load balancer that is replaced",
    rule: PROVABLE,
    made: (plan) => {
      Object.assign(change(plan, CLB).change, { actions: ["delete", "create"], before: { id: "lb-made0000" } });
      literal(plan);
    },
    fix: /^Keep the load balancer, or refer to the one that takes its place \(bind_instance_id = alicloud_slb_load_balancer\.NAME\.id\)\.$/,
    carriedOut: byReference,
  },
  {
    title: "a literal id in the expression",
    rule: PROVABLE,
    made: (plan) => {
      plan.variables = { legacy: { value: "lb-legacy0000" } };
      plan.configuration.root_module.variables = { legacy: {} };
      refer(plan, { references: ["var.legacy", `${CLB}.lb.id`, `${CLB}.lb`] });
    },
    fix: /^Remove the id that is written in the expression, or write it alone and run the check with --live\.$/,
    carriedOut: toLb,
  },
  {
    title: "a data source that is read during apply",
    rule: PROVABLE,
    made: (plan) => {
      const read = addDataSource(plan, []);
      delete plan.prior_state;
      const { change: planned } = change(plan, CLB);
      plan.resource_changes.push({ ...read, change: { ...planned, actions: ["read"], after_unknown: { ids: true } } });
      refer(plan, references("data.alicloud_slb_load_balancers.d.ids"));
    },
    fix: /^Give the data source arguments that are known when the plan is made, or refer to the load balancer itself\.$/,
    carriedOut: toLb,
  },
  {
    title: "something that is not a network interface",
    rule: PROVABLE,
    settings: { network_interfaces: true },
    made: all(addInterface, plans(ATTACHMENT, { bind_instance_type: "NetworkInterface" }), refers(`${CLB}.lb.id`)),
    fix: /^Take the id of a network interface of this plan: alicloud_ecs_network_interface\.NAME\.id\.$/,
    carriedOut: refers(`${ENI}.n.id`),
  },
  {
    title: "a number that is computed",
    rule: PROVABLE,
    source: sourceOf("max(alicloud_slb_load_balancer.lb.id, 1)"),
    made: nothing,
    fix: /^Refer to the load balancer itself, or choose among load balancers by their ids only \(bind_instance_id = alicloud_slb_load_balancer\.NAME\.id\)\.$/,
    carriedOut: nothing,
    then: { source: sourceOf("alicloud_slb_load_balancer.lb.id") },
  },
  {
    title: "a module that is not in the configuration",
    rule: PROVABLE,
    made: (plan) => refer(plan, { references: ["module.x"] }),
    fix: /^Refer to the CLB by its id \(bind_instance_id = alicloud_slb_load_balancer\.NAME\.id\), or choose among such ids by what is known when the plan is made, and check the saved plan file; for a CLB made elsewhere, read it with the data source alicloud_slb_load_balancers or run the check with --live\.$/,
    carriedOut: toLb,
  },
  {
    title: "a function that the gate does not evaluate",
    rule: PROVABLE,
    source: sourceOf('textencodebase64(alicloud_slb_load_balancer.lb.id, "UTF-8")'),
    made: nothing,
    fix: /^Refer to the value itself, without this function\.$/,
    carriedOut: nothing,
    then: { source: sourceOf("alicloud_slb_load_balancer.lb.id") },
  },
  {
    title: "a function that changes the string",
    rule: PROVABLE,
    source: sourceOf("trimspace(alicloud_slb_load_balancer.lb.id)"),
    made: nothing,
    fix: /^Use the id of the load balancer itself: alicloud_slb_load_balancer\.NAME\.id, or one\(alicloud_slb_load_balancer\.NAME\[\*\]\.id\) with count\.$/,
    carriedOut: nothing,
    then: { source: sourceOf("alicloud_slb_load_balancer.lb.id") },
  },
  {
    title: "a list of one id that is joined",
    rule: PROVABLE,
    source: sourceOf('join("", alicloud_slb_load_balancer.lb[*].id)'),
    made: nothing,
    fix: /^Use the id of the load balancer itself: alicloud_slb_load_balancer\.NAME\.id, or one\(/,
    carriedOut: nothing,
    then: { source: sourceOf("one(alicloud_slb_load_balancer.lb[*].id)") },
  },
  {
    title: "the load balancer as a whole",
    rule: PROVABLE,
    source: sourceOf("alicloud_slb_load_balancer.lb"),
    made: nothing,
    fix: /^Refer to the load balancer's id itself, without what chooses among several at apply time\.$/,
    carriedOut: nothing,
    then: { source: sourceOf("alicloud_slb_load_balancer.lb.id") },
  },
  {
    title: "a load balancer of another provider",
    rule: PROVABLE,
    made: (plan) => (change(plan, CLB).provider_name = "registry.terraform.io/hashicorp/alicloud"),
    fix: /^Write required_providers \{ alicloud = \{ source = "aliyun\/alicloud" \} \} in the module that declares alicloud_slb_load_balancer\.lb, run terraform init, and plan again\.$/,
    carriedOut: (plan) => (change(plan, CLB).provider_name = "registry.terraform.io/aliyun/alicloud"),
  },
];

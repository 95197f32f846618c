import { all, type Cause, plans, removes } from "./causes";
import { addDataSource, ATTACHMENT, change, CLB, type Json } from "./plan";

const seen = { id: "lb-made0000", address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
const reads = (status: string) => (plan: Json) => {
  removes("data.alicloud_slb_load_balancers", "d")(plan);
  addDataSource(plan, [{ ...seen, status }]);
};

const AEIP = "aeip-bp1a";
const ADDRESSES = "alicloud_eipanycast_anycast_eip_addresses";
const lists =
  (rows: readonly (readonly [instance: string, region: string])[], id = AEIP) =>
  (plan: Json) => {
    removes(`data.${ADDRESSES}`, "d")(plan);
    const anycast_eip_bind_info_list = rows.map(([bind_instance_id, bind_instance_region_id]) => ({
      bind_instance_id,
      bind_instance_region_id,
      bind_instance_type: "SlbInstance",
    }));
    addDataSource(plan, [], ADDRESSES).values = { addresses: [{ id, anycast_eip_bind_info_list }] };
  };
const isOf = (values: Json): ((plan: Json) => void) =>
  all(plans(CLB, { id: "lb-t4n1" }), plans(ATTACHMENT, { anycast_id: AEIP, bind_instance_id: "lb-t4n1", ...values }));

/** A load balancer with delete protection that the plan destroys. */
const destroys = (protection: string) => (plan: Json) => {
  const old = { ...structuredClone(change(plan, CLB)), address: `${CLB}.old`, name: "old" };
  const before = { id: "lb-t4n0", delete_protection: protection, payment_type: "PayAsYouGo" };
  old.change = { actions: ["delete"], before, after: null, after_unknown: {} };
  plan.resource_changes.push(old);
};

/** What the cloud refuses in the middle of an apply, although all else is as it should be. */
export const OF_REFUSALS: readonly Cause[] = [
  {
    title: "a load balancer that is not active",
    rule: "binding/active-target",
    made: plans(CLB, { status: "inactive" }),
    fix: /^Set status = "active" on the load balancer, or bind another one\.$/,
    carriedOut: plans(CLB, { status: "active" }),
  },
  {
    title: "a load balancer of another configuration that is not active",
    rule: "binding/active-target",
    made: all(plans(ATTACHMENT, { bind_instance_id: seen.id }), reads("inactive")),
    fix: /^Activate the load balancer where it is managed, and plan again\. Or bind another one\.$/,
    carriedOut: reads("active"),
  },
  {
    title: "a region that a binding of another configuration holds",
    rule: "binding/one-per-region",
    made: all(isOf({}), lists([["lb-t4n0", "ap-southeast-1"]])),
    fix: /^Remove the binding that is there where it is managed, and plan again\. Or bind in another region, or to another Anycast EIP\.$/,
    carriedOut: lists([]),
  },
  {
    title: "a load balancer that another configuration has bound",
    rule: "binding/one-address-per-target",
    made: all(isOf({}), lists([["lb-t4n1", "ap-southeast-1"]], "aeip-bp1b")),
    fix: /^Remove that binding where it is managed, and plan again\. Where it is the same binding, import it\. Or bind another load balancer\.$/,
    carriedOut: lists([], "aeip-bp1b"),
  },
  {
    title: "a second Default binding, next to one of another configuration",
    rule: "binding/one-default-per-address",
    made: all(isOf({ association_mode: "Default" }), lists([["lb-j6c1", "cn-hongkong"]])),
    fix: /^Set association_mode = "Normal" on the binding\.$/,
    carriedOut: plans(ATTACHMENT, { association_mode: "Normal" }),
  },
  {
    title: "only Normal bindings of an Anycast EIP that has none",
    rule: "binding/default-target",
    made: all(isOf({ association_mode: "Normal" }), lists([])),
    fix: /^Set association_mode = "Default" on one binding of the address, or leave it out\.$/,
    carriedOut: plans(ATTACHMENT, { association_mode: "Default" }),
  },
  {
    title: "a private address that the vSwitch does not have",
    rule: "binding/target-address",
    made: all(plans("alicloud_vswitch", { cidr_block: "10.1.0.0/24" }), plans(CLB, { address: "10.9.0.5" })),
    fix: /^Give the load balancer another address of its vSwitch, or leave address out\.$/,
    carriedOut: plans(CLB, { address: "10.1.0.5" }),
  },
  {
    title: "a load balancer that is destroyed under its delete protection",
    rule: "clb/delete-protection",
    made: destroys("on"),
    fix: /^Set delete_protection = "off" on the CLB in an apply of its own first, or keep the CLB as it is\.$/,
    carriedOut: all(removes(CLB, "old"), destroys("off")),
  },
];

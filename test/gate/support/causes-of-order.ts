import { all, type Cause, plans, removes } from "./causes";
import { ADDRESS, ATTACHMENT, change, CLB, type Json } from "./plan";

const PLACE = "aeip-bp1a:lb-t4n0:ap-southeast-1:SlbInstance";
/** The binding is of an Anycast EIP and a load balancer that are there. */
const bound = [
  plans(ADDRESS, { id: "aeip-bp1a" }),
  plans(CLB, { id: "lb-t4n1" }),
  plans(ATTACHMENT, { anycast_id: "aeip-bp1a", bind_instance_id: "lb-t4n1" }),
];
/** A binding of the same Anycast EIP in the same region that this plan removes. */
const leaves = (actions: readonly string[]) => (plan: Json) => {
  const old = { ...structuredClone(change(plan, ATTACHMENT)), address: `${ATTACHMENT}.old`, name: "old" };
  old.change = { actions, before: { id: PLACE }, after: null, after_unknown: {} };
  plan.resource_changes.push(old);
};

/** A resource with this id that is destroyed. */
const goes = (type: string, id: string) => (plan: Json) => {
  const old = { ...structuredClone(change(plan, type)), address: `${type}.old`, name: "old" };
  old.change = { actions: ["delete"], before: { id }, after: null, after_unknown: {} };
  plan.resource_changes.push(old);
};

/** What takes the place of a binding that is still there. */
export const OF_ORDER: readonly Cause[] = [
  {
    title: "a binding under a new name, while the old one is destroyed",
    rule: "binding/removed-first",
    made: all(...bound, leaves(["delete"])),
    fix: /^Add a moved block where it is the same binding under another address\. Otherwise destroy the old binding in an apply of its own first\.$/,
    carriedOut: all(removes(ATTACHMENT, "old"), (plan) => {
      change(plan, ATTACHMENT).change.actions = ["no-op"];
    }),
  },
  {
    title: "a binding in the place of one that is forgotten",
    rule: "binding/removed-first",
    made: all(...bound, leaves(["forget"])),
    fix: /^Import the binding that is there under the new address, or destroy it in an apply of its own first\.$/,
    carriedOut: removes(ATTACHMENT, "old"),
  },
  {
    title: "a binding that is created before the old one is destroyed",
    rule: "binding/removed-first",
    made: all(...bound, (plan) => {
      Object.assign(change(plan, ATTACHMENT).change, { actions: ["create", "delete"], before: { id: PLACE } });
    }),
    fix: /^Remove create_before_destroy from the binding, and from everything that depends on it\.$/,
    carriedOut: (plan) => {
      change(plan, ATTACHMENT).change.actions = ["delete", "create"];
    },
  },
  {
    title: "a load balancer that is destroyed, while its binding is only forgotten",
    rule: "binding/removed-first",
    made: all(goes(CLB, "lb-t4n0"), leaves(["forget"])),
    fix: /^Destroy the binding with it: take the binding out of the configuration without a removed block that keeps it\. Or keep what it binds\.$/,
    carriedOut: all(removes(ATTACHMENT, "old"), leaves(["delete"])),
  },
  {
    title: "an Anycast EIP that is destroyed, by its id",
    rule: "binding/provable-target",
    made: all(plans(ATTACHMENT, { anycast_id: "aeip-bp1old" }), goes(ADDRESS, "aeip-bp1old")),
    fix: /^Keep the Anycast EIP, or take the id of the one that takes its place \(anycast_id = alicloud_eipanycast_anycast_eip_address\.NAME\.id\)\.$/,
    carriedOut: removes(ADDRESS, "old"),
  },
  {
    title: "a vSwitch that is destroyed, by its id",
    rule: "binding/vpc-only",
    made: all(plans(CLB, { vswitch_id: "vsw-t4nold" }), goes("alicloud_vswitch", "vsw-t4nold")),
    fix: /^Keep the vSwitch, or give the CLB another one that this plan keeps or creates\.$/,
    carriedOut: removes("alicloud_vswitch", "old"),
  },
];

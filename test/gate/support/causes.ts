import type { Settings } from "../../../src/policy";
import { BY_TERRAFORM, planFile } from "../../plan/support/plan-file";
import { ATTACHMENT, block, change, CLB, type Json } from "./plan";

/** One cause of a finding: how a plan comes to have it, what its fix says, and the plan when that was done. */
export interface Cause {
  readonly title: string;
  readonly rule: string;
  /** @default internal-vpc, which is allowed as it is */
  readonly of?: string;
  readonly settings?: Partial<Settings>;
  /** The source of its expressions, where the plan is given as a saved plan. */
  readonly source?: string;
  readonly made: (plan: Json) => void;
  readonly fix: RegExp;
  readonly carriedOut: (plan: Json) => void;
  /** What else the fix says to change. */
  readonly then?: { readonly settings?: Partial<Settings>; readonly source?: string };
}

export const nothing = (): void => undefined;

/** A saved plan whose main.tf has the fixture's blocks, and this as the bound id. */
export function savedWith(source: string): Buffer {
  return planFile(BY_TERRAFORM, source);
}

/** The source of the fixture internal-vpc. */
export function sourceOf(
  id: string,
  more = "",
  { vswitch = "alicloud_vswitch.s.id", anycast = "alicloud_eipanycast_anycast_eip_address.a.id", mode = "null" } = {},
): string {
  return `provider "alicloud" { region = "ap-southeast-1" }
resource "alicloud_vpc" "v" {}
resource "alicloud_vswitch" "s" {}
resource "alicloud_slb_load_balancer" "lb" {
  address_type = "intranet"
  vswitch_id   = ${vswitch}
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "t" {
  anycast_id       = ${anycast}
  bind_instance_id = ${id}
  association_mode = ${mode}
}
${more}`;
}

/** Sets planned values; undefined makes one known only after apply. */
export function plans(type: string, values: Json, n = 0): (plan: Json) => void {
  return (plan) => {
    const planned = change(plan, type, n).change;
    for (const [name, value] of Object.entries(values)) {
      delete planned.after_unknown[name];
      planned.after[name] = value;
      if (value !== undefined) continue;
      planned.after_unknown[name] = true;
    }
  };
}

/** Adds a copy of the first resource of a type, its block included, with some values and expressions of its own. */
export function adds(type: string, name: string, values: Json = {}, expressions: Json = {}): (plan: Json) => void {
  return (plan) => {
    const copy = structuredClone(change(plan, type));
    Object.assign(copy, { address: `${type}.${name}`, name });
    plan.resource_changes.push(copy);
    const its = structuredClone(block(plan, type));
    Object.assign(its, { address: copy.address, name, expressions: { ...its.expressions, ...expressions } });
    plan.configuration.root_module.resources.push(its);
    const of = plan.resource_changes.filter((one: Json) => one.type === type).length - 1;
    plans(type, values, of)(plan);
  };
}

/** One edit after the other. */
export function all(...edits: readonly ((plan: Json) => void)[]): (plan: Json) => void {
  return (plan) => edits.forEach((edit) => edit(plan));
}

/** Adds a binding of a load balancer. */
export function binds(name: string, lb: string, values: Json = {}, anycast = "a"): (plan: Json) => void {
  const of = (type: string, one: string): Json => ({ references: [`${type}.${one}.id`, `${type}.${one}`] });
  const address = "alicloud_eipanycast_anycast_eip_address";
  return adds(ATTACHMENT, name, values, { anycast_id: of(address, anycast), bind_instance_id: of(CLB, lb) });
}

/** Takes a resource out, its block included. */
export function removes(type: string, name: string): (plan: Json) => void {
  return (plan) => {
    plan.resource_changes = plan.resource_changes.filter((one: Json) => one.address !== `${type}.${name}`);
    const root = plan.configuration.root_module;
    root.resources = root.resources.filter((one: Json) => one.address !== `${type}.${name}`);
  };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A parsed plan, or any part of one, open to every edit a forger could make. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment";
export const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
export const CLB = "alicloud_slb_load_balancer";
export const PROVIDER = "registry.terraform.io/aliyun/alicloud";

const FIXTURES = join(__dirname, "..", "..", "fixtures", "plans");

/** A real plan of the provider, as `terraform show -json` printed it. */
export function fixture(name: string): Json {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8"));
}

export function fixtureNames(): string[] {
  return (fixture("index") as { name: string }[]).map(({ name }) => name);
}

/** The nth planned change of this type. */
export function change(plan: Json, type: string, n = 0): Json {
  return found(
    plan.resource_changes.filter((one: Json) => one.type === type && one.mode === "managed")[n],
    `change ${String(n)} of ${type}`,
  );
}

/** The nth configuration block of this type, in the root module or in the named child module. */
export function block(plan: Json, type: string, { module, n = 0 }: { module?: string; n?: number } = {}): Json {
  const root = plan.configuration.root_module;
  const holder = module === undefined ? root : root.module_calls[module].module;
  return found(
    holder.resources.filter((one: Json) => one.type === type && one.mode === "managed")[n],
    `block ${String(n)} of ${type}`,
  );
}

/** Sets what the binding's id is taken from. */
export function refer(plan: Json, expression: Json): void {
  block(plan, ATTACHMENT).expressions.bind_instance_id = expression;
}

/** References as Terraform lists them: each from its longest form to its shortest. */
export function references(...lists: string[]): Json {
  return { references: lists.flatMap(forms) };
}

/** `a.b[0].id` is listed as `a.b[0].id`, `a.b[0]`, `a.b`. */
function forms(reference: string): string[] {
  const parts = /^((?:module\.)?[^.[]+\.?[^.[]*)(.*)$/.exec(reference);
  if (parts === null) return [reference];
  const [, , rest] = parts;
  const listed = [reference];
  let shorter = reference;
  for (const step of (rest!.match(/\.[^.[]+|\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g) ?? []).reverse()) {
    shorter = shorter.slice(0, shorter.length - step.length);
    listed.push(shorter);
  }
  return listed;
}

/** Adds a copy of the plan's first CLB, its configuration block included, under another name. */
export function addClb(plan: Json, name: string, after: Json = {}): Json {
  const copy = structuredClone(change(plan, CLB));
  copy.address = `${CLB}.${name}`;
  copy.name = name;
  Object.assign(copy.change.after, after);
  plan.resource_changes.push(copy);
  const its = structuredClone(block(plan, CLB));
  its.address = copy.address;
  its.name = name;
  plan.configuration.root_module.resources.push(its);
  return copy;
}

/** Replaces a change by instances of it under these keys. */
export function spread(plan: Json, original: Json, keys: readonly (string | number)[]): Json[] {
  const instances = keys.map((key) => ({
    ...structuredClone(original),
    address: `${original.address as string}[${JSON.stringify(key)}]`,
    index: key,
  }));
  plan.resource_changes.splice(plan.resource_changes.indexOf(original), 1, ...instances);
  return instances;
}

/** Leaves only this instance of the bindings of a plan. */
export function keepBinding(plan: Json, key: string): void {
  plan.resource_changes = plan.resource_changes.filter((one: Json) => one.type !== ATTACHMENT || one.index === key);
}

/** Says what a data source read while the plan was made. */
export function addDataSource(plan: Json, balancers: readonly Json[], type = "alicloud_slb_load_balancers"): Json {
  const list = type === "alicloud_slbs" ? "slbs" : "balancers";
  const read = {
    address: `data.${type}.d`,
    mode: "data",
    type,
    name: "d",
    provider_name: PROVIDER,
    schema_version: 0,
    values: { [list]: balancers },
    sensitive_values: {},
  };
  plan.prior_state = {
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: { root_module: { resources: [read] } },
  };
  plan.configuration.root_module.resources.push({
    address: read.address,
    mode: "data",
    type,
    name: "d",
    provider_config_key: "alicloud",
    expressions: {},
    schema_version: 0,
  });
  return read;
}

function found(value: Json, what: string): Json {
  if (value === undefined) throw new Error(`Expected the plan to have ${what}, but it has none.`);
  return value;
}

import { ATTACHMENT, PROVIDER, type Json } from "../support/plan";
import { writeExpression } from "./expression";
import { everyClb } from "./build";
import { addressOf, instancesOf, keysOf, prefix, shown } from "./types";
import type { Clb, Flaw, Key, Keys, Model, Module, Path } from "./types";

/** Writes the plan of a model as `terraform show -json` would. */
export function emit(model: Model): Json {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: shuffled([...clbs(model), ...bindings(model), ...vswitches(model)], model.seed),
    ...priorState(model),
    configuration: {
      provider_config: {
        alicloud: provider("alicloud", "ap-southeast-1"),
        "alicloud.hk": { ...provider("alicloud", "cn-hongkong"), alias: "hk" },
      },
      root_module: moduleConfig(model.root, model),
    },
    timestamp: "2026-11-22T12:00:00Z",
    applyable: true,
    complete: true,
    errored: false,
    variables: { flag: { value: true }, i: { value: 0 } },
  };
}

const ADDRESSES = "alicloud_eipanycast_anycast_eip_addresses";

/** What the data source of addresses has read while the plan was made. */
function priorState({ read, binding }: Model): Json {
  if (read === undefined) return {};
  const count = instancesOf(binding.module).length * keysOf(binding.keys).length;
  const ids = Array.from({ length: count }, (_, n) => anycastId(n)).slice(read.from);
  const addresses = ids.map((id) => ({ id, anycast_id: id, service_location: read.area }));
  const source = { address: `data.${ADDRESSES}.d`, mode: "data", type: ADDRESSES, name: "d", provider_name: PROVIDER };
  return {
    prior_state: {
      format_version: "1.0",
      values: { root_module: { resources: [{ ...source, values: { addresses, ids } }] } },
    },
  };
}

const anycastId = (n: number): string => `aeip-${String(n)}`;

function provider(name: string, region: string): Json {
  return { name, full_name: PROVIDER, expressions: { region: { constant_value: region } } };
}

function clbs(model: Model): Json[] {
  return everyClb(model.root).flatMap((clb) =>
    instancesOf(clb.module).flatMap((path) => keysOf(clb.keys).map((key) => clbChange(clb, path, key))),
  );
}

function clbChange(clb: Clb, path: Path, key: Key): Json {
  const flaw = clb.flaws.get(addressOf(clb, path, key));
  const unknown: Json = { id: true, tags: true };
  const after: Json = { load_balancer_name: "x" };
  if (flaw === "internet") after.address_type = "internet";
  else if (flaw === "left out" || flaw === "unknown") unknown.address_type = true;
  else after.address_type = "intranet";
  if (flaw === "classic") after.vswitch_id = null;
  else if (flaw === "no vSwitch for sure") after.vswitch_id = "";
  else if (clb.vswitch === "known") after.vswitch_id = "vsw-t4n0123456789";
  else unknown.vswitch_id = true;
  const made = changeOf(clb.type, clb.name, path, key, after, unknown);
  if (flaw === "fork") made.provider_name = "registry.terraform.io/evil/alicloud";
  return made;
}

/** The region is of the block; a block of which one instance has this flaw is in the other region as a whole. */
export function isElsewhere(clb: Clb): boolean {
  return [...clb.flaws.values()].includes("other region" satisfies Flaw);
}

function bindings({ binding }: Model): Json[] {
  let n = 0;
  return instancesOf(binding.module).flatMap((path) =>
    keysOf(binding.keys).map((key) =>
      changeOf(
        ATTACHMENT,
        "t",
        path,
        key,
        {
          anycast_id: anycastId(n++),
          association_mode: "Normal",
          bind_instance_region_id: "ap-southeast-1",
          bind_instance_type: "SlbInstance",
        },
        { bind_instance_id: true, id: true, pop_locations: [] },
      ),
    ),
  );
}

function vswitches(model: Model): Json[] {
  const modules = new Set(everyClb(model.root).map((clb) => clb.module));
  return [...modules].flatMap((module) =>
    instancesOf(module).map((path) =>
      changeOf("alicloud_vswitch", "s", path, undefined, { zone_id: "ap-southeast-1a" }, { id: true }),
    ),
  );
}

function changeOf(type: string, name: string, path: Path, key: Key, after: Json, after_unknown: Json): Json {
  const module_address = prefix(path).slice(0, -1);
  return {
    address: `${prefix(path)}${type}.${name}${shown(key)}`,
    ...(path.length > 0 ? { module_address } : {}),
    mode: "managed",
    type,
    name,
    ...(key === undefined ? {} : { index: key }),
    provider_name: PROVIDER,
    change: { actions: ["create"], before: null, after, after_unknown, before_sensitive: false, after_sensitive: {} },
  };
}

function moduleConfig(module: Module, model: Model): Json {
  const resources: Json[] = module.clbs.map((clb) =>
    block(clb.type, clb.name, clb.keys, clbExpressions(clb, model), isElsewhere(clb)),
  );
  if (module.clbs.length > 0) resources.push(block("alicloud_vswitch", "s", undefined, {}, false));
  const { binding, read } = model;
  if (module === model.root && read !== undefined)
    resources.push({ ...block(ADDRESSES, "d", undefined, {}, false), address: `data.${ADDRESSES}.d`, mode: "data" });
  if (binding.module === module) {
    const own = block(
      ATTACHMENT,
      "t",
      binding.keys,
      { bind_instance_id: writeExpression(binding.id, binding.keys, model.form) },
      false,
    );
    if (binding.id.kind === "each") {
      const { type, name } = binding.id.clb;
      own.for_each_expression = {
        ...(model.form === "json" ? { constant_value: `\${${type}.${name}}` } : {}),
        references: [`${type}.${name}`],
      };
    }
    resources.push(own);
  }
  return {
    ...(module.outputs.size > 0
      ? { outputs: mapped(module.outputs, (one) => ({ expression: writeExpression(one, undefined, model.form) })) }
      : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...(module.children.length > 0
      ? { module_calls: Object.fromEntries(module.children.map((one) => [one.name, call(one, model)])) }
      : {}),
    variables: {
      flag: { default: true },
      i: { default: 0 },
      ...mapped(module.passed, () => ({})),
    },
  };
}

function call(module: Module, model: Model): Json {
  return {
    source: `./${module.name}`,
    ...(module.passed.size > 0
      ? { expressions: mapped(module.passed, (one) => writeExpression(one, module.keys, model.form)) }
      : {}),
    ...counted(module.keys),
    module: moduleConfig(module, model),
  };
}

function clbExpressions(clb: Clb, model: Model): Json {
  const flaws = [...clb.flaws.values()];
  const vswitch = { references: ["alicloud_vswitch.s.id", "alicloud_vswitch.s"] };
  return {
    ...(flaws.includes("left out") ? {} : { address_type: { references: ["var.flag"] } }),
    vswitch_id:
      clb.vswitch === "known"
        ? { constant_value: "vsw-t4n0123456789" }
        : { ...(model.form === "json" ? { constant_value: "${alicloud_vswitch.s.id}" } : {}), ...vswitch },
  };
}

function block(type: string, name: string, keys: Keys, expressions: Json, elsewhere: boolean): Json {
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_config_key: elsewhere ? "alicloud.hk" : "alicloud",
    expressions,
    schema_version: 0,
    ...counted(keys),
  };
}

function counted(keys: Keys): Json {
  if (keys === undefined) return {};
  if (typeof keys[0] === "number") return { count_expression: { constant_value: keys.length } };
  return { for_each_expression: { constant_value: Object.fromEntries(keys.map((key) => [key, 1])) } };
}

function mapped<T>(map: ReadonlyMap<string, T>, write: (value: T) => Json): Json {
  return Object.fromEntries([...map].map(([name, value]) => [name, write(value)]));
}

/** The same order for the same seed; any order is as good as another. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const mixed = [...items];
  let state = seed + 1;
  for (let i = mixed.length - 1; i > 0; i--) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const j = state % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}

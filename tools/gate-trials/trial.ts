import { Dice } from "./dice";
import { Parts } from "./parts";
import { PROVABLE, PROVABLE_GIVEN, UNPROVABLE } from "./wrappers";

/** One binding in a module of its own, with the verdict that is right by construction. */
export interface Trial {
  readonly name: string;
  readonly about: "target" | "address" | "vswitch" | "network" | "region";
  /** What it must bind is internal, in a VPC and in the region that is named. */
  readonly good: boolean;
  /** The source proves it. */
  readonly provable: boolean;
  readonly expression: string;
  /** Blocks of the module: a keyword with labels, and attributes as expressions. */
  readonly blocks: readonly TrialBlock[];
}

export interface TrialBlock {
  readonly head: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

const REGION = "ap-southeast-1";
const OTHER_REGION = "cn-hongkong";
const LB = "alicloud_slb_load_balancer";
const ADDRESS = "alicloud_eipanycast_anycast_eip_address";

const VARIABLES: Readonly<Record<string, { readonly type: string; readonly default: string }>> = {
  flag: { type: "bool", default: "true" },
  env: { type: "string", default: '"prod"' },
  names: { type: "list(string)", default: '["x", "y"]' },
  n: { type: "number", default: "3" },
  nothing: { type: "string", default: "null" },
  absent: { type: "list(string)", default: "null" },
  settings: { type: 'object({ mode = optional(string, "blue"), size = optional(number) })', default: "{}" },
  tags: { type: "map(string)", default: '{ team = "net" }' },
};

/** A set that becomes a list has the order that it had as a set, whatever its elements become. */
const TYPED_ARGUMENTS = {
  source: '"../typed"',
  texts: "toset([10, 9])",
  numbers: 'toset(["9", "10"])',
  filled: '{ mode = null, extra = "e" }',
  given: "null",
  never: "null",
};

/** @param seed a trial is made again from the same number */
export function makeTrial(seed: number): Trial {
  const dice = new Dice(seed);
  const about = dice.pick(["target", "target", "target", "address", "vswitch", "network", "region"] as const);
  const parts = new Parts();
  const provable = !dice.chance(0.12);
  const wrap = (value: string, other: string): string => {
    const ways = value === '""' ? PROVABLE : [...PROVABLE, ...PROVABLE_GIVEN];
    let text = value;
    const times = 1 + dice.below(3);
    for (let i = 0; i < times; i++) text = dice.pick(ways)(text, other, parts, dice);
    return provable ? text : dice.pick(UNPROVABLE)(text, other, parts, dice);
  };
  const made = {
    target: makeTarget,
    address: makeAddress,
    vswitch: makeVSwitch,
    network: makeNetwork,
    region: makeRegion,
  }[about](dice, wrap);
  const blocks = [...common(parts), ...made.blocks];
  return { name: `t${String(seed)}`, about, good: made.good, provable, expression: made.expression, blocks };
}

type Wrap = (value: string, other: string) => string;
type Made = Pick<Trial, "good" | "expression" | "blocks">;

const TARGETS: readonly (readonly [expression: string, good: boolean])[] = [
  [`${LB}.good.id`, true],
  [`${LB}.internet.id`, false],
  [`${LB}.keyed["a"].id`, true],
  [`${LB}.keyed["b"].id`, false],
  [`${LB}.counted[0].id`, false],
  [`${LB}.counted[1].id`, true],
  [`(${LB}.counted[*].id)[1]`, true],
  [`values(${LB}.keyed)[0].id`, true],
  [`(values(${LB}.keyed)[*].id)[1]`, false],
  [`one([for lb in ${LB}.keyed : lb.id if lb.address_type == "intranet"])`, true],
  [`one([for lb in ${LB}.keyed : lb if lb.address_type == "internet"]).id`, false],
  [`{ for k, lb in ${LB}.keyed : lb.tags["role"] => lb.id }["blue"]`, false],
  [`{ for k, lb in ${LB}.keyed : lb.tags["role"] => lb.id }["green"]`, true],
  [`one(${LB}.good[*].id)`, true],
];

function makeTarget(dice: Dice, wrap: Wrap): Made {
  const [target, good] = dice.pick(TARGETS);
  const opposite = TARGETS.filter(([, one]) => one !== good);
  const other = dice.chance(0.2) ? '"lb-legacy0123456789"' : dice.pick(dice.chance(0.8) ? opposite : TARGETS)[0];
  const expression = wrap(target, other);
  return { good, expression, blocks: [...balancers(), ...binding(dice, expression)] };
}

/** The id of the Anycast EIP, or that of something else. */
function makeAddress(dice: Dice, wrap: Wrap): Made {
  const good = dice.chance(0.5);
  const [address, other] = [`${ADDRESS}.a.id`, `${LB}.good.id`];
  const expression = good ? wrap(address, other) : wrap(other, address);
  return { good, expression, blocks: [...balancers(), ...binding(dice, `${LB}.good.id`, expression)] };
}

function makeVSwitch(dice: Dice, wrap: Wrap): Made {
  const good = dice.chance(0.5);
  const expression = good ? wrap("var.vswitch", '""') : wrap('""', "var.vswitch");
  return { good, expression, blocks: inVSwitch(dice, expression) };
}

/** A vSwitch of the load balancer's region, or one of another. */
function makeNetwork(dice: Dice, wrap: Wrap): Made {
  const good = dice.chance(0.5);
  const expression = good ? wrap("var.vswitch", "var.elsewhere") : wrap("var.elsewhere", "var.vswitch");
  return { good, expression, blocks: inVSwitch(dice, expression) };
}

function inVSwitch(dice: Dice, vswitch: string): TrialBlock[] {
  return [balancer("only", { address_type: '"intranet"', vswitch_id: vswitch }), ...binding(dice, `${LB}.only.id`)];
}

function makeRegion(dice: Dice, wrap: Wrap): Made {
  const good = dice.chance(0.5);
  const [region, other] = good ? [REGION, OTHER_REGION] : [OTHER_REGION, REGION];
  const expression = wrap(JSON.stringify(region), JSON.stringify(other));
  const blocks = [
    { head: ["provider", "alicloud"], attributes: { region: expression } },
    ...balancers(),
    ...binding(dice, `${LB}.good.id`),
  ];
  return { good, expression, blocks };
}

function common(parts: Parts): TrialBlock[] {
  return [
    ...Object.entries(VARIABLES).map(([name, one]) => ({ head: ["variable", name], attributes: { ...one } })),
    { head: ["variable", "vswitch"], attributes: { type: "string" } },
    { head: ["variable", "elsewhere"], attributes: { type: "string" } },
    { head: ["resource", "terraform_data", "kept"], attributes: { input: '"kept"' } },
    { head: ["module", "typed"], attributes: TYPED_ARGUMENTS },
    ...(parts.locals.length === 0
      ? []
      : [{ head: ["locals"], attributes: Object.fromEntries(parts.locals.map((text, i) => [`l${String(i)}`, text])) }]),
    ...parts.calls.map(({ name, arguments: args }) => ({
      head: ["module", name],
      attributes: { source: '"../pass"', ...args },
    })),
    ...parts.datas.map((text, i) => ({
      head: ["resource", "terraform_data", `d${String(i)}`],
      attributes: { input: text, triggers_replace: text },
    })),
  ];
}

function balancers(): TrialBlock[] {
  const inside = { vswitch_id: "var.vswitch" };
  return [
    balancer("good", { address_type: '"intranet"', ...inside }),
    balancer("internet", { address_type: '"internet"' }),
    balancer("keyed", {
      for_each: '{ a = "intranet", b = "internet" }',
      address_type: "each.value",
      tags: '{ role = each.key == "a" ? "green" : "blue" }',
      vswitch_id: 'each.key == "a" ? var.vswitch : null',
    }),
    balancer("counted", {
      count: "2",
      address_type: '["internet", "intranet"][count.index]',
      vswitch_id: "count.index == 1 ? var.vswitch : null",
    }),
  ];
}

function balancer(name: string, attributes: Readonly<Record<string, string>>): TrialBlock {
  const { count, for_each: forEach, ...rest } = attributes;
  const repeated = {
    ...(count === undefined ? {} : { count }),
    ...(forEach === undefined ? {} : { for_each: forEach }),
  };
  return { head: ["resource", LB, name], attributes: { ...repeated, ...rest, instance_charge_type: '"PayByCLCU"' } };
}

function binding(dice: Dice, id: string, address = `${ADDRESS}.a.id`): TrialBlock[] {
  const common_ = {
    anycast_id: address,
    bind_instance_type: '"SlbInstance"',
    bind_instance_region_id: `"${REGION}"`,
  };
  const forms: readonly Readonly<Record<string, string>>[] = [
    { bind_instance_id: id },
    { for_each: `{ k = ${id} }`, bind_instance_id: "each.value" },
    { count: "1", bind_instance_id: `[${id}, "lb-none"][count.index]` },
    { for_each: `{ k = { lb = ${id} } }`, bind_instance_id: "each.value.lb" },
  ];
  const form = dice.chance(0.7) ? forms[0]! : dice.pick(forms);
  return [
    { head: ["resource", ADDRESS, "a"], attributes: { service_location: '"international"' } },
    { head: ["resource", `${ADDRESS}_attachment`, "t"], attributes: { ...form, ...common_ } },
  ];
}

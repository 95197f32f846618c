import type { Block, Files } from "./block";
import { Dice } from "./dice";
import { change } from "./kinds/changes";
import { area, pair, points, positions } from "./kinds/joint";
import { addressRead, balancerRead, vswitchRead } from "./kinds/looked-up";
import { imported } from "./kinds/imported";
import { eip, network, region, target, vswitch } from "./kinds/single";
import { drawDepth, given, nested } from "./nested";
import { Parts } from "./parts";
import type { Kind, Made, Trial } from "./trial-type";
import { PROVABLE, PROVABLE_GIVEN, UNPROVABLE } from "./wrappers";

/** By name; those that stand more than once come more often. */
const NEW: readonly (readonly [string, Kind])[] = [
  ["target", target],
  ["target", target],
  ["target", target],
  ["address", eip],
  ["vswitch", vswitch],
  ["network", network],
  ["region", region],
  ["pair", pair],
  ["positions", positions],
  ["area", area],
  ["points", points],
];
const GROWN: readonly (readonly [string, Kind])[] = [
  ["target", target],
  ["address", eip],
  ["vswitch", vswitch],
  ["network", network],
  ["change", change],
  ["change", change],
  ["change", change],
  ["balancer read", balancerRead],
  ["address read", addressRead],
  ["vswitch read", vswitchRead],
  ["imported", imported],
  ["pair", pair],
  ["area", area],
  ["points", points],
];

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

/**
 * @param seed a trial is made again from the same number
 * @param from whether it starts with nothing, or with what was there before
 */
export function makeTrial(seed: number, from: "nothing" | "something"): Trial {
  const name = `t${String(seed)}`;
  const dice = new Dice(seed);
  const [about, kind] = dice.pick(from === "nothing" ? NEW : GROWN);
  const parts = new Parts();
  const provable = !dice.chance(0.12);
  const wrap = (value: string, other: string): string => {
    const ways = value === '""' ? PROVABLE : [...PROVABLE, ...PROVABLE_GIVEN];
    let text = value;
    const times = 1 + dice.below(3);
    for (let i = 0; i < times; i++) text = dice.pick(ways)(text, other, parts, dice);
    return provable ? text : dice.pick(UNPROVABLE)(text, other, parts, dice);
  };
  const made = kind({ name, dice, wrap, parts });
  const { good, unordered = false, excusable = false, expression, elsewhere, root, providers = [] } = made;
  const needed = common(parts);
  const place = placing(made, dice);
  const files = place([...needed, ...made.blocks]);
  const earlier = made.before === undefined ? undefined : [...neededBefore(needed, dice), ...made.before];
  return {
    ...{ name, about, good, unordered, excusable, expression, files, providers },
    provable: provable && made.provable !== false,
    ...(from === "nothing" || earlier === undefined ? {} : { before: place(earlier) }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    ...(root === undefined ? {} : { root }),
  };
}

/** What the expressions need is new in this plan, or was there before; then it may have had other values. */
function neededBefore(needed: readonly Block[], dice: Dice): readonly Block[] {
  if (dice.chance(0.4)) return needed.filter(({ head }) => head[0] === "variable");
  if (dice.chance(0.5)) return needed;
  const other = { type: "bool", default: "false" };
  return needed.map((block) => (block.head[1] === "flag" ? { ...block, attributes: other } : block));
}

/** Where the blocks stand: in the trial's module, or in modules in it. The module is the same before and now. */
function placing({ passed, blocks, root, providers = [] }: Made, dice: Dice): (placed: readonly Block[]) => Files {
  const depth = drawDepth(dice);
  if (passed !== undefined) {
    const inner = [...given(), ...passed.blocks];
    return (outer) => nested([...outer, passed.provider], inner, depth, { alicloud: "alicloud.own" });
  }
  const own = blocks.some(({ head }) => head[0] === "provider");
  if (own || root !== undefined || dice.chance(0.75)) return (placed) => ({ "": placed });
  const names = ["alicloud", ...providers.map((alias) => `alicloud.${alias}`)];
  const same = Object.fromEntries(names.map((name) => [name, name]));
  return (inner) => nested(given(), inner, depth, same);
}

function common(parts: Parts): Block[] {
  return [
    ...Object.entries(VARIABLES).map(([name, one]) => ({ head: ["variable", name], attributes: { ...one } })),
    ...given(),
    { head: ["resource", "terraform_data", "kept"], attributes: { input: '"kept"' } },
    { head: ["module", "typed"], attributes: TYPED_ARGUMENTS },
    ...(parts.locals.length === 0
      ? []
      : [{ head: ["locals"], attributes: Object.fromEntries(parts.locals.map((text, i) => [`l${String(i)}`, text])) }]),
    ...parts.calls.map(({ name, arguments: args }) => ({
      head: ["module", name],
      attributes: { source: '"../pass"', ...args },
    })),
    ...parts.datas.map((attributes, i) => ({ head: ["resource", "terraform_data", `d${String(i)}`], attributes })),
  ];
}

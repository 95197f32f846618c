import {
  ADDRESS,
  address,
  type Attributes,
  BINDING,
  binding,
  type Block,
  internal,
  LB,
  MAINLAND_REGION,
  OTHER_REGION,
  REGION,
} from "../block";
import type { Parts } from "../parts";
import type { Kind } from "../trial-type";

/** Facts that two bindings, or a binding and its address, have together. */

const [A, B] = [`${ADDRESS}.a.id`, `${ADDRESS}.b.id`];
const [X, Y, H] = [`${LB}.x.id`, `${LB}.y.id`, `${LB}.h.id`];

/** What terraform_data stores is known only after apply, and an access point must be known before. */
const isKnownWhenPlanned = ({ datas }: Parts): boolean => datas.length === 0;

/** All but the bindings is there before. */
const without = (blocks: readonly Block[]): Block[] => blocks.filter(({ head }) => head[1] !== BINDING);

/** The second binding's address and load balancer, what must not be taken for them, and whether it may be next to (a, x). */
const SECOND: readonly (readonly [anycast: string, id: string, region: string, modes: string, good: boolean])[] = [
  [B, Y, REGION, "", true],
  [A, Y, REGION, "", false],
  [B, X, REGION, "", false],
  [A, H, OTHER_REGION, "Default Normal", true],
  [A, H, OTHER_REGION, "Default Default", false],
  [A, H, OTHER_REGION, "Normal Normal", false],
  [B, H, OTHER_REGION, "Default Default", true],
];

export const pair: Kind = ({ dice, wrap }) => {
  const [anycast, id, region, modes, good] = dice.pick(SECOND);
  const [first, second] = modes.split(" ");
  const which = dice.below(modes === "" ? 3 : 4);
  const mode = (name: string | undefined, isWrapped: boolean): Attributes => {
    if (name === undefined || name === "") return {};
    const written = `"${name}"`;
    const other = name === "Default" ? '"Normal"' : '"Default"';
    return { association_mode: isWrapped ? wrap(written, other) : written };
  };
  const expressions = [
    which === 0 ? wrap(anycast, anycast === A ? B : A) : anycast,
    which === 1 ? wrap(id, id === X ? Y : X) : id,
    which === 2 ? wrap(`"${region}"`, `"${region === REGION ? OTHER_REGION : REGION}"`) : `"${region}"`,
  ] as const;
  const secondMode = mode(second, which === 3);
  const blocks = [
    ...[address("a"), address("b"), internal("x"), internal("y")],
    internal("h", "var.elsewhere", { provider: "alicloud.hk" }),
    binding("t", { bind_instance_id: X, ...mode(first, false) }),
    binding("u", {
      anycast_id: expressions[0],
      bind_instance_id: expressions[1],
      bind_instance_region_id: expressions[2],
      ...secondMode,
      depends_on: `[${BINDING}.t]`,
    }),
  ];
  return {
    good,
    excusable: modes === "Normal Normal",
    expression: `${modes} ${[...expressions, ...Object.values(secondMode)].join(" | ")}`,
    providers: ["hk"],
    blocks,
    before: without(blocks),
  };
};

/** Two bindings of one block, paired by position. */
const BY_POSITION: readonly (readonly [anycast: string, id: string, good: boolean])[] = [
  [`element(${ADDRESS}.each[*].id, count.index)`, `element(${LB}.many[*].id, count.index)`, true],
  [`${ADDRESS}.each[count.index].id`, `${LB}.many[1 - count.index].id`, true],
  [`element(${ADDRESS}.each[*].id, count.index)`, `element(${LB}.many[*].id, count.index * 2)`, false],
  [`element(${ADDRESS}.each[*].id, count.index * 2)`, `element(${LB}.many[*].id, count.index)`, false],
  [
    `reverse(${ADDRESS}.each[*].id)[count.index]`,
    `sort(["b", "a"])[count.index] == "a" ? ${LB}.many[0].id : ${LB}.many[1].id`,
    true,
  ],
  [`${ADDRESS}.each[count.index].id`, `${LB}.many[count.index > 5 ? 1 : 0].id`, false],
];

export const positions: Kind = ({ dice }) => {
  const [anycast, id, good] = dice.pick(BY_POSITION);
  return {
    good,
    expression: `${anycast} | ${id}`,
    blocks: [
      address("each", '"international"', { count: "2" }),
      internal("many", "var.vswitch", { count: "2" }),
      binding("t", { count: "2", anycast_id: anycast, bind_instance_id: id }),
    ],
  };
};

export const area: Kind = ({ dice, wrap }) => {
  const [international, mainland] = ['"international"', '"ChineseMainland"'];
  const [location, here] = dice.pick([
    [international, REGION],
    [mainland, REGION],
    [mainland, MAINLAND_REGION],
    [international, MAINLAND_REGION],
  ] as const);
  const inMainland = here === MAINLAND_REGION;
  const expression = wrap(location, location === mainland ? international : mainland);
  const lb = inMainland ? internal("x", "var.mainland", { provider: "alicloud.mainland" }) : internal("x");
  return {
    good: (location === mainland) === inMainland,
    expression,
    providers: inMainland ? ["mainland"] : [],
    blocks: [address("a", expression), lb, binding("t", { bind_instance_id: X, bind_instance_region_id: `"${here}"` })],
    before: [lb],
  };
};

/** Access points of a second binding of an address. */
export const points: Kind = ({ dice, wrap, parts }) => {
  const [here, there] = ['"eu-central-1-pop"', dice.pick(['"cn-beijing-pop"', '""'])];
  const good = dice.chance(0.5);
  const expression = good ? wrap(here, there) : wrap(there, here);
  const blocks = [
    ...[address("a"), internal("x"), internal("h", "var.elsewhere", { provider: "alicloud.hk" })],
    binding("t", { bind_instance_id: X, association_mode: '"Default"' }),
    binding(
      "u",
      {
        bind_instance_id: H,
        bind_instance_region_id: `"${OTHER_REGION}"`,
        association_mode: '"Normal"',
        depends_on: `[${BINDING}.t]`,
      },
      { head: ["pop_locations"], attributes: { pop_location: expression } },
    ),
  ];
  const provable = isKnownWhenPlanned(parts);
  return { good, provable, expression, providers: ["hk"], blocks, before: without(blocks) };
};

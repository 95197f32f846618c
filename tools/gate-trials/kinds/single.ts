import { ADDRESS, address, balancer, binding, type Block, internal, LB, OTHER_REGION, REGION } from "../block";
import type { Dice } from "../dice";
import type { Kind, Made } from "../trial-type";

/** One binding of which one attribute is written in some way. */

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

export const target: Kind = ({ dice, wrap }) => {
  const [expression, good] = dice.pick(TARGETS);
  const opposite = TARGETS.filter(([, one]) => one !== good);
  const other = dice.chance(0.2) ? '"lb-legacy0123456789"' : dice.pick(dice.chance(0.8) ? opposite : TARGETS)[0];
  return grown(dice, good, wrap(expression, other), `${LB}.good.id`, (form, id) => [
    ...balancers(),
    ...bound(form, id),
  ]);
};

/** The id of the Anycast EIP, or that of something else. */
export const eip: Kind = ({ dice, wrap }) => {
  const good = dice.chance(0.5);
  const [anycast, other] = [`${ADDRESS}.a.id`, `${LB}.good.id`];
  const expression = good ? wrap(anycast, other) : wrap(other, anycast);
  return grown(dice, good, expression, anycast, (form, id) => [...balancers(), ...bound(form, `${LB}.good.id`, id)]);
};

export const vswitch: Kind = ({ dice, wrap }) => {
  const good = dice.chance(0.5);
  const expression = good ? wrap("var.vswitch", '""') : wrap('""', "var.vswitch");
  return grown(dice, good, expression, "var.vswitch", inVSwitch);
};

/** A vSwitch of the load balancer's region, or one of another. */
export const network: Kind = ({ dice, wrap }) => {
  const good = dice.chance(0.5);
  const expression = good ? wrap("var.vswitch", "var.elsewhere") : wrap("var.elsewhere", "var.vswitch");
  return grown(dice, good, expression, "var.vswitch", inVSwitch);
};

/** The region of a provider: one of the module's own, or one that it gets from the module around it. */
export const region: Kind = ({ dice, wrap }) => {
  const good = dice.chance(0.5);
  const [here, other] = good ? [REGION, OTHER_REGION] : [OTHER_REGION, REGION];
  const expression = wrap(JSON.stringify(here), JSON.stringify(other));
  const blocks = [...balancers(), ...bound(dice.pick(FORMS), `${LB}.good.id`)];
  const made = { good, expression };
  if (dice.chance(0.4)) {
    const provider = { head: ["provider", "alicloud"], attributes: { alias: '"own"', region: expression } };
    return { ...made, blocks: [], passed: { provider, blocks } };
  }
  return { ...made, blocks: [{ head: ["provider", "alicloud"], attributes: { region: expression } }, ...blocks] };
};

const inVSwitch = (form: Form, id: string): Block[] => [internal("only", id), ...bound(form, `${LB}.only.id`)];

type Form = (id: string) => Readonly<Record<string, string>>;
const FORMS: readonly Form[] = [
  (id) => ({ bind_instance_id: id }),
  (id) => ({ for_each: `{ k = ${id} }`, bind_instance_id: "each.value" }),
  (id) => ({ count: "1", bind_instance_id: `[${id}, "lb-none"][count.index]` }),
  (id) => ({ for_each: `{ k = { lb = ${id} } }`, bind_instance_id: "each.value.lb" }),
];

/** The trial, together with what there was before: all but the binding, or the binding as it is when `plain` is taken. */
function grown(
  dice: Dice,
  good: boolean,
  expression: string,
  plain: string,
  make: (form: Form, expression: string) => Block[],
): Made & { readonly before: readonly Block[] } {
  const form = dice.chance(0.7) ? FORMS[0]! : dice.pick(FORMS);
  const blocks = make(form, expression);
  const isBinding = ({ head }: Block): boolean => head[1]?.endsWith("_attachment") ?? false;
  // Something that cannot be made cannot be there before.
  const without = blocks.filter((block) => !isBinding(block) && !block.head.includes("only"));
  return { good, expression, blocks, before: dice.chance(0.5) ? without : make(form, plain) };
}

function balancers(): Block[] {
  return [
    internal("good"),
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

function bound(form: Form, id: string, anycast = `${ADDRESS}.a.id`): Block[] {
  const { count, for_each: forEach, ...rest } = form(id);
  const repeated = {
    ...(count === undefined ? {} : { count }),
    ...(forEach === undefined ? {} : { for_each: forEach }),
  };
  return [address("a"), binding("t", { ...repeated, ...rest, anycast_id: anycast })];
}

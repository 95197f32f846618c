import { ADDRESS, address, balancer, BINDING, binding, type Block, internal, LB, lifecycle } from "../block";
import type { Kind, Making } from "../trial-type";

/** What a plan makes of a binding that is there already. */

interface Change {
  readonly good: boolean;
  readonly unordered?: boolean;
  readonly expression?: string;
  readonly before: readonly Block[];
  readonly after: readonly Block[];
}

const [X, Y] = [`${LB}.x.id`, `${LB}.y.id`];
const [ON_A, ON_B] = [`${ADDRESS}.a.id`, `${ADDRESS}.b.id`];
const THINGS = [internal("x"), internal("y"), address("a"), address("b")];
const BOUND = binding("t", { bind_instance_id: X });
const moved = (from: string, to: string): Block => ({ head: ["moved"], attributes: { from, to } });
const forgotten = (from: string): Block => ({
  head: ["removed"],
  attributes: { from },
  inner: [lifecycle({ destroy: "false" })],
});
const before = [...THINGS, BOUND];
const FIRST = lifecycle({ create_before_destroy: "true" });
const typed = (name: string, type: string): Block =>
  balancer(name, { address_type: `"${type}"`, vswitch_id: type === "intranet" ? "var.vswitch" : "null" });

const CHANGES: readonly ((making: Making) => Change)[] = [
  ({ wrap }) => {
    const expression = wrap(X, Y);
    return { good: true, expression, before, after: [...THINGS, binding("t", { bind_instance_id: expression })] };
  },
  ({ wrap }) => {
    const expression = wrap(X, Y);
    const renamed = binding("u", { bind_instance_id: expression });
    return { good: true, expression, before, after: [...THINGS, renamed, moved(`${BINDING}.t`, `${BINDING}.u`)] };
  },
  () => ({ good: false, unordered: true, before, after: [...THINGS, binding("u", { bind_instance_id: X })] }),
  ({ wrap }) => {
    const expression = wrap(Y, X);
    const renamed = binding("u", { bind_instance_id: expression });
    return { good: false, expression, before, after: [...THINGS, renamed, forgotten(`${BINDING}.t`)] };
  },
  ({ wrap }) => {
    const expression = wrap(Y, X);
    return { good: true, expression, before, after: [...THINGS, binding("t", { bind_instance_id: expression })] };
  },
  ({ wrap }) => {
    const expression = wrap(Y, X);
    return {
      good: false,
      expression,
      before,
      after: [...THINGS, binding("t", { bind_instance_id: expression }, FIRST)],
    };
  },
  ({ wrap }) => {
    const expression = wrap(ON_B, ON_A);
    return {
      good: true,
      expression,
      before,
      after: [...THINGS, binding("t", { bind_instance_id: X, anycast_id: expression })],
    };
  },
  ({ wrap }) => {
    const expression = wrap(ON_B, ON_A);
    const replaced = binding("t", { bind_instance_id: X, anycast_id: expression }, FIRST);
    return { good: false, expression, before, after: [...THINGS, replaced] };
  },
  ({ wrap }) => {
    const expression = wrap(Y, X);
    const other = binding("u", { bind_instance_id: expression, anycast_id: ON_B });
    return { good: true, expression, before, after: [...THINGS, other] };
  },
  ({ wrap }) => {
    const expression = wrap(X, Y);
    const other = binding("u", { bind_instance_id: expression, anycast_id: ON_B });
    return { good: false, expression, before, after: [...THINGS, BOUND, other] };
  },
  ...(["internet", "intranet"] as const).map((type) => (): Change => {
    const opposite = type === "internet" ? "intranet" : "internet";
    const id = { bind_instance_id: `${LB}.typed.id` };
    return {
      good: type === "intranet",
      before: [address("a"), typed("typed", opposite), ...(type === "internet" ? [binding("t", id)] : [])],
      after: [address("a"), typed("typed", type), binding("t", id)],
    };
  }),
  () => {
    const kept = binding(
      "t",
      { bind_instance_id: `${LB}.typed.id` },
      lifecycle({ ignore_changes: "[bind_instance_id]" }),
    );
    return {
      good: true,
      before: [...THINGS, typed("typed", "internet"), BOUND],
      after: [...THINGS, typed("typed", "internet"), kept],
    };
  },
  () => {
    const made = (name: string): Block[] => [
      address("a", '"international"', { anycast_eip_address_name: `"${name}"` }),
      internal("x", "var.vswitch", { load_balancer_name: `"${name}"` }),
      BOUND,
    ];
    return { good: true, before: made("first"), after: made("second") };
  },
  ({ dice }) => {
    const keyed = (map: string): Block => binding("t", { for_each: map, bind_instance_id: "each.value" });
    const same = dice.chance(0.5);
    const after = same ? `{ k = ${Y} }` : `{ l = ${Y} }`;
    return {
      good: same,
      unordered: !same,
      expression: after,
      before: [...THINGS, keyed(`{ k = ${X} }`)],
      after: [...THINGS, keyed(after)],
    };
  },
  ({ dice }) => {
    const counted = (...blocks: Block[]): Block[] => [
      internal("x", "var.vswitch", { count: "1" }),
      address("a"),
      binding("t", { bind_instance_id: `${LB}.x[0].id` }),
      ...blocks,
    ];
    const keyed = (...blocks: Block[]): Block[] => [
      internal("x", "var.vswitch", { for_each: 'toset(["k"])' }),
      address("a"),
      binding("t", { bind_instance_id: `one(values(${LB}.x)[*].id)` }),
      ...blocks,
    ];
    const withMoved = dice.chance(0.5);
    return {
      good: true,
      expression: withMoved ? "moved" : "replaced",
      before: counted(),
      after: keyed(...(withMoved ? [moved(`${LB}.x[0]`, `${LB}.x["k"]`)] : [])),
    };
  },
];

export const change: Kind = (making) => {
  const index = making.dice.below(CHANGES.length);
  const { after, expression, ...made } = CHANGES[index]!(making);
  return { ...made, expression: `change ${String(index)} ${expression ?? ""}`, blocks: after };
};

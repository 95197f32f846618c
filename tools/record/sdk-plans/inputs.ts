import type { Random } from "../../../packages/sandbox/src/internet/random";
import type { RawAttribute, RawBlock } from "../../../packages/sandbox/src/provider/schema/raw";
import type { CtyType, ObjectValue, Value } from "../../../packages/sandbox/src/provider/values/value";
import { canonical, UNKNOWN } from "../../../packages/sandbox/src/provider/values/value";

/** A state, null before there is one, and what terraform proposes in its place. */
export type Input = readonly [prior: Value, proposed: Value];

/** Random states and configurations of one type, the same ones for the same seed. */
export function randomInputs(block: RawBlock, count: number, random: Random): Input[] {
  return Array.from({ length: count }, () => {
    if (random() < 0.3) return [null, proposal(block, null, random)];
    const prior = { ...stateOf(block, random), id: "x-1" };
    return [prior, proposal(block, prior, random)];
  });
}

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
const count = (random: Random): number => Math.floor(random() * 3);

function valueOf(type: CtyType, random: Random): Value {
  if (type === "string") return pick(random, ["", "a", "b"]);
  if (type === "number") return pick(random, [0, 5, 7]);
  if (type === "bool") return random() < 0.5;
  if (typeof type === "string") return null;
  if (type[0] === "map") return { l: pick(random, ["", "y"]) };
  if (type[0] === "object")
    return Object.fromEntries(Object.entries(type[1]).map(([name, one]) => [name, valueOf(one, random)]));
  if (type[0] === "tuple") return [];
  const items: Value[] = Array.from({ length: count(random) }, () => valueOf(type[1], random));
  return type[0] === "set" ? distinct(items) : items;
}

/** The SDK cannot tell an element that leaves a field out from one in which it is empty. */
const distinct = (items: readonly Value[]): Value[] => [
  ...new Map(items.map((one): [string, Value] => [canonical(one).replaceAll(/null|""/g, ""), one])).values(),
];

/** @param held how much of the attributes a state holds: inside a block all of them, as the SDK writes them */
function stateOf(block: RawBlock, random: Random, held = 0.6): ObjectValue {
  return fields(
    block,
    (_, { type }) => (random() < held ? valueOf(type ?? "string", random) : null),
    (nested, max) => elements(max, random, () => stateOf(nested, random, 1)),
  );
}

/** Terraform's own: what is not configured keeps its value where the provider may compute it. */
function proposal(block: RawBlock, prior: ObjectValue | null, random: Random): ObjectValue {
  return fields(
    block,
    (name, { type = "string", optional, required, computed }) => {
      const held = prior?.[name] ?? null;
      if (optional !== true && required !== true) return held;
      const dice = random();
      if (dice < 0.35) return held;
      if (dice < 0.65 || required === true) return valueOf(type, random);
      if (dice < 0.75) return UNKNOWN;
      return computed === true ? held : null;
    },
    (nested, max, name) => {
      const held = prior?.[name];
      if (held !== undefined && random() < 0.4) return held;
      return elements(max, random, () => proposal(nested, null, random));
    },
  );
}

function elements(max: number, random: Random, make: () => Value): Value {
  return distinct(Array.from({ length: Math.min(count(random), max === 0 ? 3 : max) }, make));
}

function fields(
  block: RawBlock,
  attribute: (name: string, one: RawAttribute) => Value,
  nested: (block: RawBlock, max: number, name: string) => Value,
): ObjectValue {
  const attributes = Object.entries(block.attributes ?? {})
    .filter(([name]) => name !== "id")
    .map(([name, one]): [string, Value] => [name, attribute(name, one)]);
  const blocks = Object.entries(block.block_types ?? {})
    .filter(([, { nesting_mode }]) => nesting_mode !== "single")
    .map(([name, one]): [string, Value] => [name, nested(one.block, one.max_items ?? 0, name)]);
  return Object.fromEntries([...attributes, ...blocks]);
}

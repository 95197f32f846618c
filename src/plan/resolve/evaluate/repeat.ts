import type { Repeated } from "../../source/configuration";
import type { Attribute } from "../../source/hcl/ast";
import { keyOf, nameIn } from "../../../core/instance-key";
import { each } from "./primitive";
import { type Lazy, list, map, NULL, unknown, type Value } from "./value";

/**
 * Instances as an expression sees them; the plan lists each that there will be.
 * @param shown false for plan JSON, which leaves a `count` or `for_each` without references out
 */
export function arrange<T extends { readonly key: string }>(
  instances: readonly T[],
  source: Repeated,
  shown: boolean,
  one: (instance: T) => Lazy,
): Value {
  if (source.count !== undefined) {
    const byIndex = new Map(instances.map((instance) => [instance.key, instance]));
    const all = instances.map((_, i) => byIndex.get(`[${String(i)}]`));
    if (!all.every((instance) => instance !== undefined))
      return unknown("has instances in the plan that do not count from 0");
    return list(all.map(one));
  }
  if (source.forEach !== undefined) {
    const named = instances.map((instance) => [nameIn(instance.key), instance] as const);
    if (!named.every((pair): pair is readonly [string, T] => pair[0] !== undefined))
      return unknown("has instances in the plan without keys");
    return map(named.map(([name, instance]) => [name, one(instance)] as const));
  }
  const [only] = instances;
  // OpenTofu's `enabled` leaves one instance or none; without one the reference is null.
  if (only === undefined && source.enabled !== undefined) return NULL;
  return instances.length === 1 && only!.key === ""
    ? one(only!)
    : unknown("is not in the plan as one instance", undefined, { hidden: !shown && instances.length > 0 });
}

/** The plan holds no instance of a module that its source does not have. */
function agree(keys: readonly string[], planned: ReadonlySet<string>): boolean {
  const known = new Set(keys);
  return [...planned].every((key) => known.has(key));
}

/** One value, or a list or map of them where the block has count or for_each. */
export function repeated(
  block: Repeated,
  evaluate: (attribute: Attribute) => Value,
  planned: ReadonlySet<string>,
  shown: boolean,
  one: (key: string) => Value,
): Value {
  if (block.enabled !== undefined) {
    const { at } = block.enabled;
    return each(evaluate(block.enabled), (on) => {
      if (on.kind === "error") return on;
      if (on.kind !== "bool") return unknown("may be turned off by enabled", at);
      return agree(on.value ? [""] : [], planned)
        ? on.value
          ? one("")
          : NULL
        : unknown("is turned on or off otherwise in the plan than in its source", at);
    });
  }
  if (block.count !== undefined) {
    return each(evaluate(block.count), (count) => {
      if (count.kind === "error") return count;
      const size =
        count.kind === "string" && /^[0-9]+$/.test(count.value)
          ? BigInt(count.value)
          : count.kind === "number"
            ? count.value
            : undefined;
      if (size === undefined || size > 100_000n)
        return unknown("has a count that is known only after apply", block.count?.at, { hidden: !shown });
      const keys = Array.from({ length: Number(size) }, (_, i) => `[${String(i)}]`);
      return agree(keys, planned)
        ? list(keys.map(one))
        : unknown("has another count in the plan than its source says", block.count?.at, { hidden: !shown });
    });
  }
  if (block.forEach !== undefined) {
    return each(evaluate(block.forEach), (of) => {
      if (of.kind === "error") return of;
      const names =
        of.kind === "map"
          ? [...of.entries.keys()]
          : of.kind === "list" && of.items.every((item) => item.kind === "string")
            ? of.items.map((item) => item.value)
            : undefined;
      if (names === undefined)
        return unknown("has a for_each whose keys cannot be determined", block.forEach?.at, { hidden: !shown });
      if (!agree(names.map(keyOf), planned))
        return unknown("has other keys in the plan than its source says", block.forEach?.at, { hidden: !shown });
      return map(names.map((name) => [name, one(keyOf(name))] as const));
    });
  }
  // Plan JSON leaves a count or for_each without references out.
  const isSingle = shown ? agree([""], planned) : planned.size === 1 && planned.has("");
  return isSingle
    ? one("")
    : unknown("has instances in the plan that its source does not have", undefined, { hidden: !shown });
}

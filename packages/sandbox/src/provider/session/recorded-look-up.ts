import type { TypeSchema } from "../schema/model";
import { conform } from "../values/convert";
import type { ObjectValue, Value } from "../values/value";
import { canonical, isArray, isObject } from "../values/value";

/** A block that is left out, and a list, may be written as null or as empty. */
const isNothing = (value: Value | undefined): boolean =>
  value === null || value === undefined || value === "" || (isArray(value) && value.length === 0);

/**
 * What a look-up found when the state was written, if it asked for the same then: the simulated cloud does not know the
 * resources of the state.
 * @param given its arguments, defaults included
 * @param recorded what data sources of its type were given and found
 * @returns undefined when none asked for the same, or several did and found different things (in two regions, say)
 */
export function recordedLookUp(
  schema: TypeSchema,
  given: ObjectValue,
  recorded: readonly unknown[] = [],
): ObjectValue | undefined {
  const same = recorded
    .map((one) => conform(schema.type, one))
    .filter(isObject)
    .filter((one) =>
      schema.nodes.every((node) =>
        isSame(node.optional || node.required, node.computed, given[node.name], one[node.name]),
      ),
    );
  const found = new Map(same.map((one) => [canonical(one), one]));
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** What the provider fills in where it is not given says nothing about what was asked. */
function isSame(isArgument: boolean, isComputed: boolean, given: Value = null, recorded: Value = null): boolean {
  if (!isArgument || (isComputed && isNothing(given))) return true;
  return isNothing(given) ? isNothing(recorded) : canonical(given) === canonical(recorded);
}

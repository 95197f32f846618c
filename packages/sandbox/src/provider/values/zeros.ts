import { zeroOf } from "../plan/text";
import type { Node } from "../schema/model";
import type { Value } from "./value";
import { isArray, isObject } from "./value";

/** Inside lists and sets of objects nothing is null: the plugin SDK stores zeros there, at every depth. */
export function withZeros(node: Node, value: Value): Value {
  const { fields } = node;
  if (fields === undefined || !isArray(value)) return value;
  return value.map((one) =>
    isObject(one)
      ? Object.fromEntries(fields.map((field) => [field.name, withZeros(field, one[field.name] ?? zeroOf(field.kind))]))
      : one,
  );
}

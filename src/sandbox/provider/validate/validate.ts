import type { Node, TypeSchema } from "../schema/model";
import type { Step } from "../plan/diff";
import type { ObjectValue, Value } from "../values/value";
import { isArray, isObject, isWhollyKnown, UNKNOWN } from "../values/value";
import { parseDuration } from "../values/duration";
import type { Diagnostic } from "../protocol/diagnostics";
import { errorAt, warningAt } from "../protocol/diagnostics";
import { relationError } from "./relations";
import { complaintsOf } from "./rules";
import type { Check } from "./rules";

export type Checks = Readonly<Record<string, Check>>;

/** What is wrong with, or old in, a configuration. */
export function validateConfig(schema: TypeSchema, checks: Checks, config: Value): Diagnostic[] {
  if (!isObject(config)) return [];
  const found = schema.nodes.flatMap((node) => validateNode(node, config, config, checks, [], "", ""));
  if (!schema.node.has("id") && (config.id ?? null) !== null)
    found.push(errorAt(["id"], '"id": this field cannot be set'));
  found.push(...validateTimeouts(config.timeouts ?? null));
  if (schema.deprecated !== undefined) found.push(warningAt([], "Deprecated Resource", schema.deprecated));
  return found;
}

function validateTimeouts(timeouts: Value): Diagnostic[] {
  if (!isObject(timeouts)) return [];
  return Object.entries(timeouts)
    .filter(([, text]) => typeof text === "string" && parseDuration(text) === undefined)
    .map(([name, text]) =>
      errorAt(
        ["timeouts", name],
        `time: invalid duration "${String(text)}"`,
        `The limit for ${name} must be like "10m" or "1h30m".`,
      ),
    );
}

function validateNode(
  node: Node,
  owner: ObjectValue,
  root: ObjectValue,
  checks: Checks,
  parents: readonly Step[],
  prefix: string,
  labels: string,
): Diagnostic[] {
  const path = [...parents, node.name];
  const value = owner[node.name] ?? null;
  const key = prefix + node.name;
  // As the plugin SDK names it: with the place of each element, also of a set.
  const label = labels + node.name;
  const relation = relationError(node, root);
  if (relation !== undefined) return [errorAt(path, relation)];
  if (!isGiven(node, value)) {
    return node.required && node.default === null ? [errorAt(path, `"${label}": required field is not set`)] : [];
  }
  if (!node.required && !node.optional) return [errorAt(path, `"${label}": this field cannot be set`)];
  const old = node.deprecated === undefined ? [] : [warningAt(path, "Argument is deprecated", node.deprecated)];
  if (!isWhollyKnown(value)) return old;
  const conflict = node.conflictsWith.find((other) => {
    const rival = root[other] ?? null;
    return rival !== null && rival !== UNKNOWN;
  });
  if (conflict !== undefined) return [errorAt(path, `"${label}": conflicts with ${conflict}`)];
  const wrong = validateValue(node, value, root, checks, path, key, label);
  if (node.removed !== undefined) wrong.push(errorAt(path, `"${label}": [REMOVED] ${node.removed}`));
  return [...wrong, ...old];
}

const isGiven = (node: Node, value: Value): boolean =>
  value !== null && !(node.block && isArray(value) && value.length === 0);

function validateValue(
  node: Node,
  value: Value,
  root: ObjectValue,
  checks: Checks,
  path: readonly Step[],
  key: string,
  label: string,
): Diagnostic[] {
  if (!isArray(value)) {
    const found = validateLeaf(node, value, label) ?? checks[key]?.(value, label) ?? mapComplaint(checks, key, value);
    return complaintsOf(found).map((complaint) => errorAt(path, complaint));
  }
  if (node.maxItems > 0 && value.length > node.maxItems) {
    return [
      errorAt(path, `${label}: attribute supports ${node.maxItems} item maximum, config has ${value.length} declared`),
    ];
  }
  if (node.minItems > 0 && value.length < node.minItems) {
    return [
      errorAt(
        path,
        `${label}: attribute supports ${node.minItems} item as a minimum, config has ${value.length} declared`,
      ),
    ];
  }
  return value.flatMap((element, at) => {
    // An element of a set has no index: the finding is shown at the set.
    const place = node.kind === "set" ? path : [...path, at];
    if (element === null)
      return [errorAt(place, "Null value found in list", "Null values are not allowed for this attribute value.")];
    if (node.fields !== undefined && isObject(element)) {
      const owner = element;
      return node.fields.flatMap((field) =>
        validateNode(field, owner, root, checks, place, `${key}.`, `${label}.${at}.`).map((one) =>
          node.kind === "set" ? { ...one, path } : one,
        ),
      );
    }
    return complaintsOf(checks[`${key}[]`]?.(element, `${label}.${at}`)).map((complaint) => errorAt(place, complaint));
  });
}

function validateLeaf(node: Node, value: Value, label: string): string | undefined {
  if (node.kind === "int" && !Number.isInteger(Number(value)))
    return `${label}: must be a whole number, got ${String(value)}`;
  return undefined;
}

function mapComplaint(checks: Checks, key: string, value: Value): readonly string[] | undefined {
  const check = checks[`${key}[]`];
  if (check === undefined || !isObject(value)) return undefined;
  return Object.values(value)
    .map((one) => complaintsOf(check(one, key)))
    .find((complaints) => complaints.length > 0);
}

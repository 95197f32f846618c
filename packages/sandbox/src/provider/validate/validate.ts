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

/** The rules of one type. */
export interface TypeRules {
  /** @default none */
  readonly checks?: Checks;
  /** Checks that a variable turns into warnings. @default none */
  readonly skippable?: true | { readonly but: readonly string[] };
}

/** What is wrong with, or old in, a configuration. The plugin SDK reports the block as a whole; here the attribute is given. */
export function validateConfig(schema: TypeSchema, rules: TypeRules, config: Value, skips: boolean): Diagnostic[] {
  if (!isObject(config)) return [];
  const checking: Checking = { checks: rules.checks ?? {}, skippable: rules.skippable, skips, root: config };
  const found = schema.nodes.flatMap((node) => validateNode(node, config, checking, [], "", ""));
  if (!schema.node.has("id") && (config.id ?? null) !== null)
    found.push(errorAt(["id"], '"id": this field cannot be set'));
  found.push(...validateTimeouts(config.timeouts ?? null));
  if (schema.deprecated !== undefined) found.push(warningAt([], schema.deprecated));
  return found;
}

interface Checking extends TypeRules {
  readonly checks: Checks;
  /** Whether the variable is set. */
  readonly skips: boolean;
  readonly root: ObjectValue;
}

/** What the provider's own checks add; the plugin SDK's do not. */
export const SKIP_VARIABLE = "TF_SKIP_RESOURCE_SCHEMA_VALIDATION";
const HINT = ` \n[NOTE] set env variable ${SKIP_VARIABLE} to true can skip the error and get a warning`;

/** What a check of an attribute found, as an error or, where that is asked and possible, as a warning. */
function complain(path: readonly Step[], key: string, text: string, { skippable, skips }: Checking): Diagnostic {
  if (skippable === undefined || (skippable !== true && skippable.but.includes(key))) return errorAt(path, text);
  return skips ? warningAt(path, text) : errorAt(path, text + HINT);
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
  checking: Checking,
  parents: readonly Step[],
  prefix: string,
  labels: string,
): Diagnostic[] {
  const path = [...parents, node.name];
  const value = owner[node.name] ?? null;
  const key = prefix + node.name;
  // As the plugin SDK names it: with the place of each element, also of a set.
  const label = labels + node.name;
  const { root } = checking;
  const relation = relationError(node, root);
  if (relation !== undefined) return [errorAt(path, relation)];
  if (!isGiven(node, value)) {
    return node.required && node.default === null ? [errorAt(path, `"${label}": required field is not set`)] : [];
  }
  if (!node.required && !node.optional) return [errorAt(path, `"${label}": this field cannot be set`)];
  const old = node.deprecated === undefined ? [] : [warningAt(path, `"${label}": [DEPRECATED] ${node.deprecated}`)];
  if (!isWhollyKnown(value)) return old;
  const conflict = node.conflictsWith.find((other) => {
    const rival = root[other] ?? null;
    return rival !== null && rival !== UNKNOWN;
  });
  if (conflict !== undefined) return [errorAt(path, `"${label}": conflicts with ${conflict}`)];
  const wrong = validateValue(node, value, checking, path, key, label);
  if (node.removed !== undefined) wrong.push(errorAt(path, `"${label}": [REMOVED] ${node.removed}`));
  return [...wrong, ...old];
}

const isGiven = (node: Node, value: Value): boolean =>
  value !== null && !(node.block && isArray(value) && value.length === 0);

function validateValue(
  node: Node,
  value: Value,
  checking: Checking,
  path: readonly Step[],
  key: string,
  label: string,
): Diagnostic[] {
  const { checks } = checking;
  if (!isArray(value)) {
    const wrong = validateLeaf(node, value, label);
    if (wrong !== undefined) return [errorAt(path, wrong)];
    const found = checks[key]?.(value, label) ?? mapComplaint(checks, key, value);
    return complaintsOf(found).map((complaint) => complain(path, key, complaint, checking));
  }
  const items = (limit: number, which: string): Diagnostic =>
    errorAt(path, `${label}: attribute supports ${limit} item ${which}, config has ${value.length} declared`);
  if (node.maxItems > 0 && value.length > node.maxItems) return [items(node.maxItems, "maximum")];
  if (node.minItems > 0 && value.length < node.minItems) return [items(node.minItems, "as a minimum")];
  return value.flatMap((element, at) => {
    // An element of a set has no index: the finding is shown at the set.
    const place = node.kind === "set" ? path : [...path, at];
    if (element === null)
      return [errorAt(place, "Null value found in list", "Null values are not allowed for this attribute value.")];
    if (node.fields !== undefined && isObject(element))
      return node.fields.flatMap((field) =>
        validateNode(field, element, checking, place, `${key}.`, `${label}.${at}.`).map((one) =>
          node.kind === "set" ? { ...one, path } : one,
        ),
      );
    const found = checks[`${key}[]`]?.(element, `${label}.${at}`);
    return complaintsOf(found).map((complaint) => complain(path, key, complaint, checking));
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

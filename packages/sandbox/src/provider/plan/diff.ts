import type { Node } from "../schema/model";
import type { ObjectValue, Value } from "../values/value";
import { withZeros } from "../values/zeros";
import { canonical, isArray, isObject, isWhollyKnown, UNKNOWN } from "../values/value";
import type { Lookup, Suppress } from "./lookup";
import { leafText, leafValue, zeroOf } from "./text";

/** One step of an attribute path. */
export type Step = string | number;

/** What planning one attribute came to. */
export interface Outcome {
  readonly value: Value;
  /** Whether there is anything to say about it; if not, the prior value stays. */
  readonly touched: boolean;
  /** Paths, relative to the attribute's parent, whose change cannot be made in place. */
  readonly replace: readonly (readonly Step[])[];
}

/** What is the same for a whole plan. */
export interface DiffContext {
  readonly look: Lookup;
  /** Suppression rules by attribute path with dots, e.g. `servers.port`. */
  readonly suppress: Readonly<Record<string, Suppress>>;
}

interface Place {
  readonly context: DiffContext;
  readonly path: string;
  /** Inside a set everything is planned again, equal or not. */
  readonly all: boolean;
}

const untouched = (value: Value): Outcome => ({ value, touched: false, replace: [] });

/**
 * Plans one attribute or block the way the real provider's SDK (terraform-plugin-sdk v1) does.
 * @param prior the value in state, null when there is none
 * @param next the proposed value: configuration, completed by terraform with what was computed before
 */
export function diffNode(node: Node, prior: Value, next: Value, place: Place): Outcome {
  if (node.kind === "map") return diffMap(node, prior, next, place);
  if (node.kind === "list") return suppressed(node, prior, next, place, diffList(node, prior, next, place));
  if (node.kind === "set") return suppressed(node, prior, next, place, diffSet(node, prior, next, place));
  return diffLeaf(node, prior, next, place);
}

function suppressed(node: Node, prior: Value, next: Value, place: Place, outcome: Outcome): Outcome {
  const rule = place.context.suppress[place.path];
  if (rule === undefined || !outcome.touched) return outcome;
  const text = (value: Value): string => canonical(isArray(value) ? value : []);
  return rule(place.context.look, text(prior), next === UNKNOWN ? leafText(UNKNOWN) : text(next))
    ? untouched(prior)
    : outcome;
}

function diffLeaf(node: Node, prior: Value, next: Value, place: Place): Outcome {
  const unknown = next === UNKNOWN;
  const wanted = next ?? node.default;
  const keep = untouched(prior === null && node.required && node.kind === "string" ? "" : prior);
  const before = leafText(prior);
  const after = wanted === null && prior !== null ? leafText(zeroOf(node.kind)) : leafText(wanted);
  if (before === after && !place.all && !unknown) {
    if (before !== "" || place.context.look.id !== "" || !node.computed) return keep;
  }
  const removed = prior !== null && wanted === null && !unknown;
  if (removed && node.computed) return keep;
  let computed = unknown || (node.computed && !removed && after === "");
  const replaces = node.forceNew && (before !== after || computed);
  if (node.computed && !removed && before !== "" && after === "") return keep;
  const rule = place.context.suppress[place.path];
  if (rule?.(place.context.look, before, removed && after === "" ? "" : after)) {
    if (!place.all) return keep;
    computed = false;
    return { value: before === "" ? (node.kind === "string" ? "" : null) : prior, touched: true, replace: [] };
  }
  const value = computed ? UNKNOWN : removed ? null : leafValue(node.kind, after);
  return { value, touched: true, replace: replaces ? [[node.name]] : [] };
}

function diffMap(node: Node, prior: Value, next: Value, place: Place): Outcome {
  const before = isObject(prior) ? prior : {};
  const open = next !== null && !isWhollyKnown(next);
  const after: ObjectValue = isObject(next) && !open ? mapAfter(node, before, withoutNulls(next)) : {};
  const replace = node.forceNew ? [[node.name]] : [];
  const rule = place.context.suppress[place.path];
  const suppressedBy = (text: string): boolean => rule?.(place.context.look, canonical(before), text) === true;
  const neverSet =
    Object.keys(before).length === 0 && Object.keys(after).length === 0 && node.computed && prior === null;
  if (open || neverSet) {
    return suppressedBy(leafText(UNKNOWN)) ? untouched(prior) : { value: UNKNOWN, touched: true, replace };
  }
  if ((next === null && node.computed) || canonical(before) === canonical(after)) return untouched(prior);
  if (suppressedBy(canonical(after))) return untouched(prior);
  return { value: after, touched: true, replace };
}

/** In a computed map an entry cannot be emptied: the old SDK reads that as "not set" and keeps what was there. */
function mapAfter(node: Node, before: ObjectValue, after: ObjectValue): ObjectValue {
  if (!node.computed) return after;
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => [key, value === "" ? (before[key] ?? value) : value]),
  );
}

function withoutNulls(value: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}

/** Where an element is read from: what state does not hold is zero, what the configuration leaves out has its default. */
type Source = "state" | "configuration";

/**
 * An element as the SDK reads it: nothing cannot be distinguished from zero, and what is not known yet counts as zero unless it is
 * text.
 */
function readElement(node: Node, element: Value, source: Source): Value {
  if (node.fields === undefined || element === UNKNOWN) return element;
  const fields = isObject(element) ? element : {};
  return Object.fromEntries(
    node.fields.map((field) => [field.name, readField(field, fields[field.name] ?? null, source)]),
  );
}

function readField(field: Node, element: Value, source: Source): Value {
  const value = element ?? (source === "configuration" ? field.default : null) ?? zeroOf(field.kind);
  if (value === UNKNOWN) return field.kind === "string" ? UNKNOWN : zeroOf(field.kind);
  if (!isArray(value)) return value;
  return value.includes(UNKNOWN) ? [] : value.map((one) => readElement(field, one, source));
}

/** A list or set as the SDK finds it in the configuration: an empty block cannot be distinguished from none. */
function configured(node: Node, next: Value): readonly Value[] | null {
  if (!isArray(next) || (node.block && next.length === 0)) return null;
  return next;
}

function diffList(node: Node, prior: Value, next: Value, place: Place): Outcome {
  const replace: (readonly Step[])[] = node.forceNew ? [[node.name]] : [];
  const unknown: Outcome = { value: UNKNOWN, touched: true, replace };
  const before = isArray(prior) ? prior : null;
  // A list that is not known as a whole counts as left out: that is all the SDK sees of it.
  const after = configured(node, next);
  if (before !== null && after === null && node.computed) return untouched(prior);
  if (after !== null && node.fields === undefined && after.includes(UNKNOWN)) return unknown;
  const olds = before ?? [];
  const news = after ?? [];
  const same =
    canonical(olds.map((one) => readElement(node, one, "state"))) ===
    canonical(news.map((one) => readElement(node, one, "configuration")));
  // A hole that is no change is filled all the same once there is another change.
  if (!place.all && after !== null && same)
    return untouched(node.fields === undefined ? prior : withZeros(node, prior));
  if (olds.length === 0 && news.length === 0) {
    if (node.computed) return unknown;
    return place.all ? { value: [], touched: true, replace: [] } : untouched(prior);
  }
  const items: Outcome[] = [];
  for (let at = 0; at < Math.max(olds.length, news.length); at += 1) {
    items.push(diffElement(node, olds[at] ?? null, news[at] ?? null, place, at));
  }
  const resized = olds.length !== news.length;
  if (!resized && !items.some((item) => item.touched)) return untouched(prior);
  return {
    value: items.slice(0, news.length).map((item) => item.value),
    touched: true,
    replace: [...(resized ? replace : []), ...items.flatMap((item) => item.replace)],
  };
}

function diffElement(node: Node, prior: Value, next: Value, place: Place, at: number | undefined): Outcome {
  if (node.fields === undefined) {
    const leaf: Node = {
      ...node,
      kind: node.element ?? "string",
      computed: false,
      required: false,
      default: null,
      fields: undefined,
    };
    const outcome = diffLeaf(leaf, prior, next, { ...place, path: `${place.path}[]` });
    return { ...outcome, replace: outcome.replace.length > 0 ? [[node.name]] : [] };
  }
  if (next === UNKNOWN) return { value: UNKNOWN, touched: true, replace: [] };
  const olds = isObject(prior) ? prior : {};
  const news = isObject(next) ? next : {};
  const value: Record<string, Value> = {};
  const replace: (readonly Step[])[] = [];
  let touched = false;
  for (const field of node.fields) {
    const outcome = diffNode(field, olds[field.name] ?? null, news[field.name] ?? null, {
      ...place,
      path: `${place.path}.${field.name}`,
    });
    value[field.name] = outcome.value ?? (field.block ? [] : null);
    touched ||= outcome.touched;
    // A path into a set cannot be determined from outside: the set itself is what is replaced.
    for (const path of outcome.replace) replace.push(at === undefined ? [node.name] : [node.name, at, ...path]);
  }
  return { value, touched, replace };
}

/** An element that holds nothing is none to the SDK in a state, and in a configuration equals no other. */
const holdsAnything = (element: Value): boolean =>
  !isObject(element) || Object.values(element).some((one) => one !== null);

/** Elements of a set are the same when these texts are: what is only computed does not count. */
function setKey(node: Node, element: Value, source: Source): string {
  const read = readElement(node, element, source);
  if (node.fields === undefined || !isObject(read)) return canonical(read);
  const telling = node.fields.filter((field) => field.optional || field.required);
  return canonical(Object.fromEntries(telling.map((field) => [field.name, read[field.name] ?? null])));
}

function diffSet(node: Node, prior: Value, next: Value, place: Place): Outcome {
  const replace: (readonly Step[])[] = node.forceNew ? [[node.name]] : [];
  const unknown: Outcome = { value: UNKNOWN, touched: true, replace };
  const before = isArray(prior) ? prior : null;
  const after = configured(node, next);
  if (before !== null && after === null && node.computed) return untouched(withZeros(node, prior));
  // A set of leaves with an unknown one is unknown as a whole; one of objects keeps what is known.
  if (after !== null && node.fields === undefined && after.includes(UNKNOWN)) return unknown;
  if (node.computed && after === null) return unknown;
  const olds = new Map<string, Value>(
    (before ?? []).filter(holdsAnything).map((one) => [setKey(node, one, "state"), one]),
  );
  const news = new Map<string, Value>(
    (after ?? []).map((one, at) => [
      isWhollyKnown(one) && holdsAnything(one) ? setKey(node, one, "configuration") : `~${at}`,
      one,
    ]),
  );
  const same = olds.size === news.size && [...news.keys()].every((key) => olds.has(key));
  if (same && !(place.all && olds.size === 0) && (after !== null || olds.size === 0))
    return untouched(withZeros(node, prior));
  const inside = { ...place, all: true };
  const kept = [...news].map(([key, one]) => diffElement(node, olds.get(key) ?? null, one, inside, undefined));
  const gone = [...olds]
    .filter(([key]) => !news.has(key))
    .map(([, one]) => diffElement(node, one, null, inside, undefined));
  const resized = olds.size !== news.size;
  return {
    value: kept.map((item) => item.value),
    touched: true,
    replace: [
      ...(resized ? replace : []),
      ...[...kept, ...gone].flatMap((item) => item.replace).map(() => [node.name]),
    ],
  };
}

import { isRecord } from "../../core/is-record";

/** What a plan does to one resource, without secrets. */
export interface PlannedAttributes {
  readonly address: string;
  /** Terraform's names of the actions, e.g. `update`. */
  readonly actions: readonly string[];
  /** Attributes that change, by name, before and after; at most a few dozen. */
  readonly attributes: Readonly<Record<string, readonly [before: string, after: string]>>;
}

/** Most resources, and attributes of each, that are kept; the plan itself has them all. */
const MOST_RESOURCES = 200;
const MOST_ATTRIBUTES = 40;
/** Characters of a value that are kept. */
const LONGEST = 120;

const SENSITIVE = "(sensitive)";
const UNKNOWN = "(known after apply)";
const ABSENT = "(none)";

/** The changes of a plan as a receipt keeps them. @param json what `terraform show -json` printed of the plan */
export function plannedAttributes(json: Uint8Array): PlannedAttributes[] {
  const plan: unknown = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8"));
  const changes = isRecord(plan) && Array.isArray(plan.resource_changes) ? plan.resource_changes.filter(isRecord) : [];
  return changes
    .map((entry) => ({ address: String(entry.address), change: isRecord(entry.change) ? entry.change : {} }))
    .filter(({ change }) => !isQuiet(change.actions))
    .slice(0, MOST_RESOURCES)
    .map(({ address, change }) => ({
      address,
      actions: Array.isArray(change.actions) ? change.actions.map(String) : [],
      attributes: attributesOf(change),
    }));
}

const isQuiet = (actions: unknown): boolean =>
  Array.isArray(actions) && actions.every((action) => action === "no-op" || action === "read");

function attributesOf(change: Readonly<Record<string, unknown>>): PlannedAttributes["attributes"] {
  const before = isRecord(change.before) ? change.before : {};
  const after = isRecord(change.after) ? change.after : {};
  const unknown = isRecord(change.after_unknown) ? change.after_unknown : {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)])].sort();
  const found = names.flatMap((name): [string, [string, string]][] => {
    const isUnknown = unknown[name] !== undefined && hasTrue(unknown[name]);
    if (!isUnknown && JSON.stringify(before[name] ?? null) === JSON.stringify(after[name] ?? null)) return [];
    const old = shown(before[name], change.before_sensitive, name);
    return [[name, [old, isUnknown ? UNKNOWN : shown(after[name], change.after_sensitive, name)]]];
  });
  return Object.fromEntries(found.slice(0, MOST_ATTRIBUTES));
}

/** A value in one short line, hidden where any part is sensitive. @param marks terraform's `…_sensitive` */
export function shown(value: unknown, marks: unknown, name: string): string {
  const mark = isRecord(marks) ? marks[name] : marks;
  if (hasTrue(mark)) return SENSITIVE;
  if (value === undefined || value === null) return ABSENT;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function hasTrue(value: unknown): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return value.some(hasTrue);
  return isRecord(value) && Object.values(value).some(hasTrue);
}

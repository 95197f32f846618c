import type { JsonObject } from "../json";
import { isRemoval } from "../file/document/strip";
import { isRecord } from "../../core/is-record";
import { itemsOf, marshal, member } from "./json-values";

/** An entry of resource_changes, or a data source of the prior state, of a type that rules read. */
export interface Entry {
  readonly address: string;
  readonly type: string;
  readonly name: unknown;
  readonly mode: unknown;
  /** Undefined in the root module. */
  readonly module: unknown;
  readonly provider: unknown;
  /** What is planned; undefined where that is no object. */
  readonly change: JsonObject | undefined;
  readonly deposed: boolean;
}

export function entryOf(raw: JsonObject, module: unknown = raw.module_address): Entry | undefined {
  const { address, type, name, mode, change, provider_name: provider } = raw;
  if (typeof address !== "string" || typeof type !== "string") return undefined;
  return {
    address,
    type,
    name,
    mode,
    module,
    provider,
    change: isRecord(change) ? change : undefined,
    deposed: typeof raw.deposed === "string",
  };
}

/** True for one that surely will not exist: nothing is planned after, by known removing actions only. */
export function isRemoved({ change }: Pick<Entry, "change">): boolean {
  return isRemoval(change?.after, change?.actions);
}

/** True for one that is left as it is. */
export function isUnchanged({ change }: Entry): boolean {
  const actions = itemsOf(change?.actions);
  return actions.length === 1 && actions[0] === "no-op";
}

export function hasAction({ change }: Entry, action: string): boolean {
  return itemsOf(change?.actions).includes(action);
}

/** The address of its configuration block: its own without the instance key. */
export function blockAddress({ module, type, name }: Entry): string {
  return typeof module === "string" ? `${module}.${type}.${String(name)}` : `${type}.${String(name)}`;
}

/** The instance key as written in the address: `["x"]`, `[0]` or nothing; undefined when the address is not that of its block. */
export function instanceKey(entry: Entry): string | undefined {
  const block = blockAddress(entry);
  return entry.address.startsWith(block) ? entry.address.slice(block.length) : undefined;
}

/** True when the value of an attribute is not known before apply, as a whole or in a part. */
export function isUnknown({ change }: Entry, attribute: string): boolean {
  // An entry without `change` is unknown as well; plan/complete refuses it.
  if (change === undefined || !Object.hasOwn(change, "after_unknown")) return false;
  if (!isRecord(change.after_unknown)) return true;
  const marker = member(change.after_unknown, attribute);
  if (marker === undefined || marker === false) return false;
  return !(typeof marker === "object" && marker !== null && itemsOf(marker).length === 0);
}

/** The planned value of an attribute, null when it is left out; undefined when it is unknown. */
export function planned(entry: Entry, attribute: string): unknown {
  const after = entry.change?.after;
  if (!isRecord(after) || isUnknown(entry, attribute)) return undefined;
  return member(after, attribute) ?? null;
}

/** True when a value is both planned and marked unknown, which Terraform never writes. */
export function isContradictory(entry: Entry, attribute: string): boolean {
  return isUnknown(entry, attribute) && (member(entry.change?.after, attribute) ?? null) !== null;
}

export function isSensitive({ change }: Entry, attribute: string): boolean {
  const marks = change?.after_sensitive;
  return marks === true || member(marks, attribute) === true;
}

const SENSITIVE = "(sensitive value)";
const KNOWN_AFTER_APPLY = "(known only after apply)";

/** True for a text in place of a value that is not shown. Rules choose messages and fixes by it. */
export function isNotShown(text: string): boolean {
  return text === SENSITIVE || text === KNOWN_AFTER_APPLY;
}

/** The planned value as a finding may show it: sensitive values never leave the plan. */
export function shown(entry: Entry, attribute: string): string {
  if (isSensitive(entry, attribute)) return SENSITIVE;
  if (isUnknown(entry, attribute)) return KNOWN_AFTER_APPLY;
  const value = planned(entry, attribute);
  return value === undefined ? "nothing" : textOf(value);
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : marshal(value);
}

import type { RawBehaviour, RawTypeBehaviour } from "../../../packages/sandbox/src/provider/schema/raw";

type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** What is known of an attribute, while it is put together. */
export type Facts = Writable<RawBehaviour>;
export type TypeFacts = Writable<RawTypeBehaviour> & { schema_version?: number };

/** A fact that was tested and does not hold is removed; `undefined` means that it could not be determined. */
export function put<K extends keyof Facts>(facts: Facts, key: K, value: Facts[K] | false | undefined): void {
  if (value === undefined) return;
  if (value === false || (Array.isArray(value) && value.length === 0)) delete facts[key];
  else facts[key] = value;
}

/** With keys in order, so that equal facts are equal text. */
export function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, one]) => [key, inOrder(one)]));
}

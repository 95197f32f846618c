import type { TypeSchema } from "../schema/model";
import type { ObjectValue, Value } from "../values/value";
import { UNKNOWN } from "../values/value";
import { isZero, UNKNOWN_TEXT, zeroOf } from "./text";

/** How rules look at the other attributes while a plan is made: configuration, else default, else state, else zero. */
export interface Lookup {
  readonly id: string;
  get(name: string): Value;
  /** The value, or undefined when it is "not set" (zero). */
  set(name: string): Value | undefined;
  text(name: string): string;
}

export function makeLookup(schema: TypeSchema, prior: ObjectValue | null, config: ObjectValue): Lookup {
  const get = (name: string): Value => {
    const node = schema.node.get(name);
    const configured = config[name] ?? null;
    if (configured === UNKNOWN) return node?.kind === "string" ? UNKNOWN_TEXT : zeroOf(node?.kind ?? "string");
    if (configured !== null) return configured;
    return node?.default ?? prior?.[name] ?? zeroOf(node?.kind ?? "string");
  };
  return {
    id: typeof prior?.id === "string" ? prior.id : "",
    get,
    set: (name) => {
      const value = get(name);
      return isZero(value) ? undefined : value;
    },
    text: (name) => {
      const value = get(name);
      return typeof value === "string" ? value : value === null ? "" : String(value);
    },
  };
}

/**
 * Decides whether a difference is none. `old` and `new` are the texts of a leaf; for lists and sets they are the
 * canonical text of all elements.
 */
export type Suppress = (look: Lookup, old: string, next: string) => boolean;

import type { TypeSchema } from "../schema/model";
import type { ObjectValue, Value } from "../values/value";
import { UNKNOWN } from "../values/value";
import { isZero, UNKNOWN_TEXT, zeroOf } from "./text";

/** How rules look at the other attributes while a plan is made: configuration, else default, else state, else zero. */
export interface Lookup {
  readonly id: string;
  get(name: string): Value;
  /** Its text; one that is not known yet is a text that equals no other. */
  text(name: string): string;
  /** The text of a value that is set and known, else undefined: most rules of the real provider ask like this. */
  known(name: string): string | undefined;
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
    text: (name) => {
      const value = get(name);
      return typeof value === "string" ? value : value === null ? "" : String(value);
    },
    known: (name) => {
      const value = get(name);
      return config[name] === UNKNOWN || isZero(value) ? undefined : String(value);
    },
  };
}

/**
 * Decides whether a difference is none. `old` and `new` are the texts of a leaf; for lists and sets they are the
 * canonical text of all elements.
 */
export type Suppress = (look: Lookup, old: string, next: string) => boolean;

import type { Place } from "../../source/hcl/ast";

/**
 * What an expression may give, as far as the plan and its source tell. A known value is exact; everything else says what
 * is known of it. A value never claims more than is proven: what is not modelled is `unknown`.
 */
export type Value =
  | Primitive
  | List
  | MapValue
  | Some
  | Lazy
  | Ref
  | { readonly kind: "union"; readonly options: readonly Value[] }
  | Unknown
  /** Terraform stops with an error here; `try` and `can` notice. */
  | { readonly kind: "error" };

export type Primitive =
  | { readonly kind: "string"; readonly value: string }
  /** Whole numbers only; every other number is `unknown`. */
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "bool"; readonly value: boolean }
  | Null;

/** Null, which has a type as well: `coalesce(tostring(null), 5)` is a text. */
export interface Null {
  readonly kind: "null";
  /** `any` for the keyword `null`, which takes whatever type is needed; undefined where the type cannot be determined. */
  readonly type: "any" | "string" | "number" | "bool" | undefined;
}

/** Elements and their order are known: a list or a tuple, or a set that has its elements in the order in which they stand here. */
export interface List {
  readonly kind: "list";
  readonly form: "list" | "set";
  readonly items: readonly Value[];
}

/** A map or an object whose keys are known. */
export interface MapValue {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Value>;
}

/** A collection of which only the elements are known that it may hold: not how many, in which order or by which keys. */
export interface Some {
  readonly kind: "some";
  readonly form: "list" | "set" | "map";
  /** Undefined when it can only be empty. */
  readonly element: Value | undefined;
  /** The least number of elements. */
  readonly min: number;
  /** All elements, where they are known but for their order; those that turn out to be equal may be one. */
  readonly all: readonly Value[] | undefined;
}

/** An object whose attributes are looked up when asked for: an instance of a resource or of a module. */
export interface Lazy {
  readonly kind: "lazy";
  /** A resource type whose instances all have attributes of the same types; undefined where these may differ. */
  readonly schema?: string;
  readonly attribute: (name: string) => Value;
  /** Undefined when the names of all attributes are not known. */
  readonly names: readonly string[] | undefined;
}

/** An attribute of one instance, known only after apply (or an id, which is known by its instance as well). */
export interface Ref {
  readonly kind: "ref";
  /** `TYPE`, or `data.TYPE`. */
  readonly type: string;
  readonly address: string;
  readonly attribute: string;
  /** The id of an object that exists already; undefined for one that is known only after apply. */
  readonly known: () => string | undefined;
}

export interface Unknown {
  readonly kind: "unknown";
  /** What a type constraint or an operator says of it. */
  readonly type: "string" | "number" | "bool" | undefined;
  /** Completes "`EXPRESSION` …": "is computed by join, which may give any text". */
  readonly why: string;
  readonly at: Place | undefined;
  /** The plain form that works. */
  readonly fix: string | undefined;
  /** It is unknown only because plan JSON does not show the expression. */
  readonly hidden: boolean;
  /** It is unknown because a limit of the evaluation was met, whatever it is made of. */
  readonly limit: boolean;
}

/** Null of a type that cannot be determined. */
export const NULL: Null = { kind: "null", type: undefined };
export const ERROR: Value = { kind: "error" };
export const TRUE: Value = { kind: "bool", value: true };
export const FALSE: Value = { kind: "bool", value: false };
export const EMPTY_LIST: List = { kind: "list", form: "list", items: [] };

/** Texts in the Unicode form (NFC) in which Terraform holds them. */
export function text(value: string): Value {
  return { kind: "string", value: value.normalize("NFC") };
}

export function number(value: bigint): Value {
  return { kind: "number", value };
}

export function bool(value: boolean): Value {
  return value ? TRUE : FALSE;
}

export function list(items: readonly Value[], form: List["form"] = "list"): List {
  return { kind: "list", form, items };
}

export function map(entries: Iterable<readonly [string, Value]>): MapValue {
  return { kind: "map", entries: new Map(entries) };
}

export function some(form: Some["form"], elements: readonly Value[], min = 0): Some {
  return { kind: "some", form, element: elements.length === 0 ? undefined : union(elements), min, all: undefined };
}

/** A list or set of exactly these, in an order that is not known. */
export function inAnyOrder(form: "list" | "set", elements: readonly Value[], min: number): Some {
  return { ...some(form, elements, min), all: elements };
}

const NULLS = {
  any: { kind: "null", type: "any" },
  string: { kind: "null", type: "string" },
  number: { kind: "null", type: "number" },
  bool: { kind: "null", type: "bool" },
} as const;

/** Null of this type. */
export function nullOf(type: NonNullable<Null["type"]>): Null {
  return NULLS[type];
}

export function unknown(
  why: string,
  at?: Place,
  { type, fix, hidden = false, limit = false }: Partial<Pick<Unknown, "type" | "fix" | "hidden" | "limit">> = {},
): Unknown {
  return { kind: "unknown", type, why, at, fix, hidden, limit };
}

/** What is unknown for the same reason, of another type. */
export function unknownAs(one: Unknown, type?: Unknown["type"]): Unknown {
  return { ...one, type };
}

/** One of these; nested unions are flattened and what is the same is kept once. */
export function union(values: readonly Value[]): Value {
  if (values.length === 1) return values[0]!;
  const seen = new Set<string>();
  const options: Value[] = [];
  const add = (value: Value): void => {
    if (value.kind === "union") return value.options.forEach(add);
    const key = identityOf(value);
    if (key !== undefined) {
      if (seen.has(key)) {
        // Of two nulls one is kept, and its type where both have the same.
        const at = value.kind === "null" ? options.findIndex((one) => one.kind === "null") : -1;
        if (at >= 0 && (options[at] as Null).type !== (value as Null).type) options[at] = NULL;
        return;
      }
      seen.add(key);
    } else if (options.includes(value)) return;
    options.push(value);
  };
  values.forEach(add);
  return options.length === 1 ? options[0]! : { kind: "union", options };
}

const unions = new WeakMap<object, Value>();

/** The union of a collection's elements, worked out once for each collection. */
export function unionOf(owner: object, values: () => readonly Value[]): Value {
  const found = unions.get(owner);
  if (found !== undefined) return found;
  const made = union(values());
  unions.set(owner, made);
  return made;
}

/** All that a value may be. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === "union" ? value.options : [value];
}

/** Values that are the same for sure have the same key; undefined for what is compared by identity only. */
function identityOf(value: Value): string | undefined {
  switch (value.kind) {
    case "string":
      return `s${value.value}`;
    case "number":
      return `n${String(value.value)}`;
    case "bool":
      return `b${String(value.value)}`;
    case "null":
    case "error":
      return value.kind;
    case "ref":
      return `r${value.address}\n${value.attribute}`;
    default:
      return undefined;
  }
}

/** True for a reference that is never null or empty: the id of an object that will exist. */
export function isSurelyGiven(value: Ref): boolean {
  return value.attribute === "id";
}

import { optionsOf, type Value } from "./value";

const known = new WeakMap<Value, string | undefined>();

/**
 * What type a value has, so far as values of the same shape are surely given one type without being changed; undefined
 * where the value does not tell.
 */
export function shapeOf(value: Value): string | undefined {
  if (value.kind !== "list" && value.kind !== "map" && value.kind !== "union") return simple(value);
  if (known.has(value)) return known.get(value);
  const shape =
    value.kind === "union"
      ? together(optionsOf(value).filter((one) => one.kind !== "error"))
      : value.kind === "list"
        ? ofList(value)
        : ofMap(value.entries);
  known.set(value, shape);
  return shape;
}

/** True where all have one shape. */
export function haveOneShape(values: readonly Value[]): boolean {
  return together(values) !== undefined;
}

function together(values: readonly Value[]): string | undefined {
  const [first, ...others] = values;
  const shape = first === undefined ? undefined : shapeOf(first);
  return others.every((one) => shapeOf(one) === shape) ? shape : undefined;
}

function simple(value: Value): string | undefined {
  switch (value.kind) {
    case "string":
    case "number":
    case "bool":
      return value.kind;
    case "ref":
      return "string";
    case "unknown":
      return value.type;
    case "null":
      return value.type === "any" ? undefined : value.type;
    case "lazy":
      return value.schema;
    default:
      return undefined;
  }
}

/** A tuple of several types is distinguished by each of its elements. */
function ofList({ form, items }: Extract<Value, { kind: "list" }>): string | undefined {
  if (items.length === 0) return undefined;
  const shapes = items.map(shapeOf);
  if (shapes.includes(undefined)) return undefined;
  return new Set(shapes).size === 1 ? `${form}(${shapes[0]!})` : `tuple(${shapes.join(",")})`;
}

function ofMap(entries: ReadonlyMap<string, Value>): string | undefined {
  if (entries.size === 0) return undefined;
  const shapes = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, shapeOf(one)] as const);
  return shapes.some(([, shape]) => shape === undefined) ? undefined : JSON.stringify(shapes);
}

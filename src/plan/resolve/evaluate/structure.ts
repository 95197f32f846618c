import { optionsOf, type Value } from "./value";

/**
 * True where the values certainly convert to one common type, as far as nested lists, maps and texts decide it. A list of
 * texts and a list of objects do not.
 */
export function haveOneStructure(values: readonly Value[]): boolean {
  const all = values.flatMap(optionsOf).filter((one) => one.kind !== "error" && !isKeyword(one));
  const kinds = new Set(all.map(kindOf));
  if (kinds.size > 1 || kinds.has(undefined)) return false;
  const maps = all.filter((one) => one.kind === "map");
  const [first] = maps;
  if (
    first !== undefined &&
    maps.length === all.length &&
    maps.every((one) => haveSameKeys(one.entries, first.entries))
  )
    return [...first.entries.keys()].every((key) => haveOneStructure(maps.map((one) => one.entries.get(key)!)));
  const parts = all.flatMap(partsOf);
  return parts.length === 0 || haveOneStructure(parts);
}

/** The keyword null has any type. */
function isKeyword(one: Value): boolean {
  return one.kind === "null" && one.type === "any";
}

function kindOf(one: Value): string | undefined {
  switch (one.kind) {
    case "string":
    case "ref":
      return "text";
    case "null":
    case "unknown":
      return one.type === "string" ? "text" : undefined;
    case "list":
      return "list";
    case "map":
      return "map";
    case "some":
      return one.form === "map" ? "map" : "list";
    case "lazy":
      return one.schema;
    default:
      return undefined;
  }
}

function partsOf(one: Value): readonly Value[] {
  if (one.kind === "list") return one.items;
  if (one.kind === "map") return [...one.entries.values()];
  return one.kind === "some" && one.element !== undefined ? [one.element] : [];
}

function haveSameKeys(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

import type { CtyType, Value } from "./value";

/**
 * Reads state as terraform before 0.12 wrote it: flat text keys (`tags.%`, `servers.0.port`, sets under hash codes).
 */
export function fromFlatmap(type: CtyType, flat: Readonly<Record<string, string>>, key = ""): Value {
  const prefix = key === "" ? "" : `${key}.`;
  if (typeof type === "string") {
    const text = flat[key];
    if (text === undefined) return null;
    return type === "number" ? Number(text) : type === "bool" ? text === "true" || text === "1" : text;
  }
  if (type[0] === "object") {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, field]) => [name, fromFlatmap(field, flat, prefix + name)]),
    );
  }
  if (flat[`${prefix}#`] === undefined && flat[`${prefix}%`] === undefined) return null;
  const steps = new Set(
    Object.keys(flat)
      .filter((one) => one.startsWith(prefix))
      .map((one) => one.slice(prefix.length))
      .filter((one) => one !== "#" && one !== "%")
      .map((one) => (type[0] === "map" ? one : (one.split(".")[0] as string))),
  );
  if (type[0] === "map") {
    return Object.fromEntries([...steps].map((step) => [step, fromFlatmap(type[1], flat, prefix + step)]));
  }
  const element = type[0] === "tuple" ? "dynamic" : type[1];
  const ordered = [...steps].sort((one, other) => Number(one) - Number(other));
  return ordered.map((step) => fromFlatmap(element, flat, prefix + step));
}

import { isRecord } from "../../core/is-record";

/** Addresses of the resources in a state, each with its id; those that have none have an empty one. */
export type Instances = ReadonlyMap<string, string>;

/**
 * What a state holds, from its JSON. Objects that are about to be destroyed (deposed) and data sources are left out.
 * @returns undefined when the text is no state in the clear
 */
export function instancesIn(text: string): Instances | undefined {
  const found = new Map<string, string>();
  if (text.trim() === "") return found;
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(state) || !Array.isArray(state.resources)) return undefined;
  for (const resource of state.resources.filter(isRecord)) {
    if (resource.mode !== "managed" || !Array.isArray(resource.instances)) continue;
    const module = typeof resource.module === "string" ? `${resource.module}.` : "";
    for (const instance of resource.instances.filter(isRecord)) {
      if (instance.deposed !== undefined) continue;
      const { id } = isRecord(instance.attributes) ? instance.attributes : {};
      const address = `${module}${String(resource.type)}.${String(resource.name)}${keyText(instance.index_key)}`;
      found.set(address, typeof id === "string" ? id : "");
    }
  }
  return found;
}

/** A key as terraform writes it in addresses. */
function keyText(key: unknown): string {
  if (typeof key === "number") return `[${key}]`;
  if (typeof key !== "string") return "";
  return `[${JSON.stringify(key).replace(/[$%](?=\{)/g, (sign) => sign + sign)}]`;
}

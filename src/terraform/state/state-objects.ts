import { keyOf } from "../../core/instance-key";
import { isRecord } from "../../core/is-record";

/** One object of a state. */
export interface StateObject {
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The objects of a state as `state pull` prints it; those that are about to be destroyed (deposed) are left out.
 * @returns undefined when the text is no state in the clear
 */
export function objectsOfState(text: string): StateObject[] | undefined {
  if (text.trim() === "") return [];
  const state = parse(text);
  if (!isRecord(state) || !Array.isArray(state.resources)) return undefined;
  return state.resources.filter(isRecord).flatMap((resource) => {
    const isData = resource.mode === "data";
    const module = typeof resource.module === "string" ? `${resource.module}.` : "";
    const base = `${module}${isData ? "data." : ""}${String(resource.type)}.${String(resource.name)}`;
    const instances = Array.isArray(resource.instances) ? resource.instances.filter(isRecord) : [];
    return instances
      .filter(({ deposed }) => deposed === undefined)
      .map(({ index_key: key, attributes }) => ({
        address: `${base}${keyText(key)}`,
        type: String(resource.type),
        isData,
        values: isRecord(attributes) ? attributes : {},
      }));
  });
}

/**
 * The same, as `show -json` prints a state: also where OpenTofu has encrypted it.
 * @returns undefined when the text is none
 */
export function objectsOfShown(text: string): StateObject[] | undefined {
  const shown = parse(text);
  if (!isRecord(shown) || typeof shown.format_version !== "string") return undefined;
  return isRecord(shown.values) ? objectsOfModule(shown.values.root_module) : [];
}

function objectsOfModule(module: unknown): StateObject[] {
  if (!isRecord(module)) return [];
  const resources = Array.isArray(module.resources) ? module.resources.filter(isRecord) : [];
  const children = Array.isArray(module.child_modules) ? module.child_modules : [];
  return [
    ...resources
      .filter((one) => one.deposed_key === undefined)
      .map((one) => ({
        address: String(one.address),
        type: String(one.type),
        isData: one.mode === "data",
        values: isRecord(one.values) ? one.values : {},
      })),
    ...children.flatMap(objectsOfModule),
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key as terraform writes it in addresses. */
function keyText(key: unknown): string {
  if (typeof key === "number") return `[${key}]`;
  return typeof key === "string" ? keyOf(key) : "";
}

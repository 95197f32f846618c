import type { Json, JsonObject } from "./json";
import { isJsonObject, listOf, textOf } from "./json";

/** Turns what `terraform show -json` prints of a state into the resources of a state file. */
export function resourcesOfShown(values: JsonObject): JsonObject[] {
  const found = new Map<string, JsonObject & { instances: Json[] }>();
  collect(values.root_module ?? null, undefined, found);
  return [...found.values()];
}

function collect(
  shown: Json,
  address: string | undefined,
  found: Map<string, JsonObject & { instances: Json[] }>,
): void {
  if (!isJsonObject(shown)) return;
  for (const resource of listOf(shown.resources).filter(isJsonObject)) {
    const { mode = null, type = null, name = null } = resource;
    const key = JSON.stringify([address ?? "", mode, type, name]);
    let entry = found.get(key);
    if (entry === undefined) {
      entry = {
        ...(address === undefined ? {} : { module: address }),
        mode,
        type,
        name,
        provider: `provider["${textOf(resource.provider_name)}"]`,
        instances: [],
      };
      found.set(key, entry);
    }
    entry.instances.push(instanceOf(resource));
  }
  for (const child of listOf(shown.child_modules)) {
    collect(child, isJsonObject(child) ? textOf(child.address) : address, found);
  }
}

function instanceOf(resource: JsonObject): JsonObject {
  return {
    ...(resource.index === undefined ? {} : { index_key: resource.index }),
    ...(resource.deposed_key === undefined ? {} : { deposed: resource.deposed_key }),
    ...(resource.tainted === true ? { status: "tainted" } : {}),
    schema_version: resource.schema_version ?? 0,
    attributes: resource.values ?? {},
    dependencies: listOf(resource.depends_on),
  };
}

import { expectationError } from "../core/errors";
import { nearest } from "../core/yaml/nearest";
import { PROVIDER } from "./provider";
import { providerOf } from "./schema";
import type { AllowList, ProviderSchema } from "./schema";

/**
 * Finds the types with these names: `alidns_record`, `alicloud_alidns_record`; `data.alicloud_zones` for the data source
 * where a resource has that name too (without `data.` both are meant).
 * @throws AnycastError `UnknownType`, which names the most similar type
 */
export function selectTypes(schema: ProviderSchema, names: readonly string[]): AllowList {
  const provider = providerOf(schema);
  const resources = new Set<string>();
  const dataSources = new Set<string>();
  for (const name of names) {
    const data = /^data[._](?=.)/.exec(name)?.[0] ?? "";
    const bare = name.slice(data.length);
    const type = bare.startsWith("alicloud_") ? bare : `alicloud_${bare}`;
    const isResource = data === "" && Object.hasOwn(provider.resource_schemas, type);
    const isDataSource = Object.hasOwn(provider.data_source_schemas, type);
    if (!isResource && !isDataSource) throw unknownType(name, type, provider);
    if (isResource) resources.add(type);
    if (isDataSource) dataSources.add(type);
  }
  return { resources: [...resources].sort(), dataSources: [...dataSources].sort() };
}

/** Every type of the provider. */
export function allTypes(schema: ProviderSchema): AllowList {
  const provider = providerOf(schema);
  return {
    resources: Object.keys(provider.resource_schemas).sort(),
    dataSources: Object.keys(provider.data_source_schemas).sort(),
  };
}

function unknownType(name: string, type: string, provider: ReturnType<typeof providerOf>): Error {
  const bare = (one: string): string => one.slice("alicloud_".length);
  const known = [...Object.keys(provider.resource_schemas), ...Object.keys(provider.data_source_schemas)].map(bare);
  const near = known.find((one) => one.includes(bare(type))) ?? nearest(bare(type), known);
  return expectationError("UnknownType", {
    what: "the type",
    rule: `a resource or data source of ${PROVIDER.source} ${PROVIDER.version}`,
    got: name,
    fix:
      near === undefined
        ? "correct the name; it is the one that Terraform configurations use."
        : `did you mean ${near}?`,
  });
}

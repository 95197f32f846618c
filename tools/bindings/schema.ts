import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { AnycastError, expectationError, messageOf } from "../../src/core/errors";
import { ALLOW_LIST_FILE, PROVIDER, SCHEMA_FILE } from "./provider";

type Schemas = Record<string, unknown>;

/** What `terraform providers schema -json` prints, as far as the generator reads it. */
export interface ProviderSchema {
  format_version: "1.0";
  provider_versions?: Record<string, string>;
  provider_schemas: Record<
    string,
    { provider: unknown; resource_schemas: Schemas; data_source_schemas: Schemas } | undefined
  >;
}

/** The types bindings are made for. */
export interface AllowList {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/** @throws AnycastError `SchemaNotReadable` */
export function readSchema(file = SCHEMA_FILE): ProviderSchema {
  try {
    const schema = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as ProviderSchema;
    // `terraform providers schema` leaves versions out; the generator writes this one into links and metadata.
    return { ...schema, provider_versions: { [PROVIDER.name]: PROVIDER.version } };
  } catch (cause) {
    throw new AnycastError("SchemaNotReadable", `The provider schema ${file} could not be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** @throws AnycastError `AllowListNotReadable` */
export function readAllowList(file = ALLOW_LIST_FILE): AllowList {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as AllowList;
  } catch (cause) {
    throw new AnycastError("AllowListNotReadable", `The allow-list ${file} could not be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/**
 * The schema with the listed types only.
 * @throws AnycastError `UnknownType` for a type the provider does not have, rather than leaving it out in silence
 */
export function subset(schema: ProviderSchema, list: AllowList): ProviderSchema {
  const provider = schema.provider_schemas[PROVIDER.name];
  if (provider === undefined) {
    throw expectationError("UnknownProvider", {
      what: "the schema",
      rule: `one of ${PROVIDER.name}`,
      got: Object.keys(schema.provider_schemas),
      at: SCHEMA_FILE,
      fix: "commit the schema of that provider.",
    });
  }
  return {
    ...schema,
    provider_schemas: {
      [PROVIDER.name]: {
        provider: provider.provider,
        resource_schemas: pick(provider.resource_schemas, list.resources, "resource"),
        data_source_schemas: pick(provider.data_source_schemas, list.dataSources, "data source"),
      },
    },
  };
}

function pick(schemas: Schemas, names: readonly string[], kind: string): Schemas {
  return Object.fromEntries(
    [...names].sort().map((name) => {
      if (!Object.hasOwn(schemas, name)) {
        throw expectationError("UnknownType", {
          what: `the ${kind}`,
          rule: `a type of ${PROVIDER.source} ${PROVIDER.version}`,
          got: name,
          at: ALLOW_LIST_FILE,
          fix: "correct the name in the allow-list.",
        });
      }
      return [name, schemas[name]];
    }),
  );
}

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { AnycastError, expectationError, messageOf } from "../core/errors";
import { PROVIDER, schemaFile } from "./provider";

type Schemas = Record<string, unknown>;

/** What `terraform providers schema -json` prints, as far as the generator reads it. */
export interface ProviderSchema {
  format_version: "1.0";
  provider_versions?: Record<string, string>;
  provider_schemas: Record<string, ProviderTypes | undefined>;
}

interface ProviderTypes {
  readonly provider: unknown;
  readonly resource_schemas: Schemas;
  readonly data_source_schemas: Schemas;
}

/** The types bindings are made for. */
export interface AllowList {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/** @throws AnycastError `SchemaNotReadable` */
export function readSchema(file = schemaFile()): ProviderSchema {
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

/**
 * The schema with the listed types only.
 * @throws AnycastError `UnknownType` for a type that the provider does not have
 */
export function subset(schema: ProviderSchema, list: AllowList): ProviderSchema {
  const provider = providerOf(schema);
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

/** @throws AnycastError `UnknownProvider` */
export function providerOf(schema: ProviderSchema): ProviderTypes {
  const provider = schema.provider_schemas[PROVIDER.name];
  if (provider !== undefined) return provider;
  throw expectationError("UnknownProvider", {
    what: "the schema",
    rule: `one of ${PROVIDER.name}`,
    got: Object.keys(schema.provider_schemas),
    at: schemaFile(),
    fix: "install the package again, or commit the schema of that provider.",
  });
}

function pick(schemas: Schemas, names: readonly string[], kind: string): Schemas {
  return Object.fromEntries(
    [...names].sort().map((name) => {
      if (!Object.hasOwn(schemas, name)) {
        throw expectationError("UnknownType", {
          what: `the ${kind}`,
          rule: `a type of ${PROVIDER.source} ${PROVIDER.version}`,
          got: name,
          fix: "correct the name.",
        });
      }
      return [name, schemas[name]];
    }),
  );
}

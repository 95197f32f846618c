import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AnycastError, messageOf } from "../../../core/errors";
import { buildType } from "./build";
import type { TypeSchema } from "./model";
import type { RawBehaviour, RawProviderData, RawSchema, RawTypeBehaviour } from "./raw";

/** The covered types; also found from the compiled code, which leaves data files where they are. */
const DATA = "src/sandbox/provider/data/alicloud.json.gz";
/** The complete provider, as its bindings are generated from. */
const FULL = ["schema.json.gz", "behaviour.json.gz"] as const;

export interface ProviderSchema {
  readonly providerVersion: string;
  readonly provider: TypeSchema;
  readonly resources: ReadonlyMap<string, TypeSchema>;
  readonly dataSources: ReadonlyMap<string, TypeSchema>;
}

let covered: ProviderSchema | undefined;

/**
 * The schema and behaviour of the covered types. Read once per process.
 * @throws AnycastError `SandboxDataMissing`
 */
export function loadCovered(): ProviderSchema {
  covered ??= build(readJson<RawProviderData>(findUpwards(DATA)));
  return covered;
}

/**
 * The schema of every type of the real provider, for mock values.
 * @throws AnycastError `SandboxDataMissing`
 */
export function loadEverything(): ProviderSchema {
  const { providerVersion } = loadCovered();
  const places = ["packages/provider-alicloud/schema", "node_modules/@cdktf/provider-alicloud/schema"];
  const [schemaFile, behaviourFile] = FULL.map((end) =>
    findUpwards(...places.map((place) => `${place}/alicloud-${providerVersion}.${end}`)),
  ) as [string, string];
  const schemas = readJson<{ provider_schemas: Record<string, RawProviderData["schema"]> }>(schemaFile);
  const schema = Object.values(schemas.provider_schemas)[0];
  if (schema === undefined) throw missing(schemaFile, "it holds no provider");
  return build({ providerVersion, schema, behaviour: readJson<RawProviderData["behaviour"]>(behaviourFile) });
}

function build(raw: RawProviderData): ProviderSchema {
  return {
    providerVersion: raw.providerVersion,
    provider: buildType("provider", raw.schema.provider, {
      attributes: raw.behaviour.provider as Record<string, RawBehaviour>,
    }),
    resources: buildAll(raw.schema.resource_schemas, raw.behaviour.resources),
    dataSources: buildAll(raw.schema.data_source_schemas, raw.behaviour.data_sources),
  };
}

function buildAll(
  schemas: Readonly<Record<string, RawSchema>>,
  behaviours: Readonly<Record<string, RawTypeBehaviour>>,
): ReadonlyMap<string, TypeSchema> {
  return new Map(Object.entries(schemas).map(([name, schema]) => [name, buildType(name, schema, behaviours[name])]));
}

function readJson<T>(path: string): T {
  try {
    return JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as T;
  } catch (cause) {
    throw missing(path, messageOf(cause));
  }
}

/** Walks from this file to the root of the file system and takes the first of the places that exists. */
function findUpwards(...places: readonly string[]): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    for (const place of places) {
      const path = join(folder, place);
      if (existsSync(path)) return path;
    }
    if (dirname(folder) === folder) throw missing(places.join(" or "), "no folder above has it");
  }
}

function missing(path: string, why: string): AnycastError {
  return new AnycastError(
    "SandboxDataMissing",
    `Expected the sandbox's provider data to be readable at \`${path}\`, but ${why}. Fix: install the package again.`,
  );
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { SandboxError, messageOf } from "../../errors";
import { PACKAGE_ROOT } from "../../package-root";
import { buildType } from "./build";
import type { TypeSchema } from "./model";
import type { RawBehaviour, RawProviderData, RawSchema, RawTypeBehaviour } from "./raw";

/** The covered types. */
const COVERED = join(PACKAGE_ROOT, "data", "alicloud.json.gz");
/** The complete provider: where the build puts it, and where it comes from in this repository. */
const COMPLETE = [join(PACKAGE_ROOT, "dist", "schema"), join(PACKAGE_ROOT, "..", "provider-alicloud", "schema")];

export interface ProviderSchema {
  readonly providerVersion: string;
  readonly provider: TypeSchema;
  readonly resources: ReadonlyMap<string, TypeSchema>;
  readonly dataSources: ReadonlyMap<string, TypeSchema>;
}

let covered: ProviderSchema | undefined;

/**
 * The schema and behaviour of the covered types. Read once per process.
 * @throws SandboxError `SandboxDataMissing`
 */
export function loadCovered(): ProviderSchema {
  covered ??= build(readJson<RawProviderData>(COVERED));
  return covered;
}

/**
 * The schema of every type of the real provider, for mock values.
 * @throws SandboxError `SandboxDataMissing`
 */
export function loadEverything(): ProviderSchema {
  const { providerVersion } = loadCovered();
  const [schemaFile, behaviourFile] = [
    completeFile(providerVersion, "schema"),
    completeFile(providerVersion, "behaviour"),
  ];
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

function completeFile(version: string, kind: "schema" | "behaviour"): string {
  const paths = COMPLETE.map((directory) => join(directory, `alicloud-${version}.${kind}.json.gz`));
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw missing(paths[0]!, "it is not there");
  return found;
}

function missing(path: string, why: string): SandboxError {
  return new SandboxError(
    "SandboxDataMissing",
    `The sandbox's provider data cannot be read at \`${path}\`: ${why}. Fix: install the package again.`,
  );
}

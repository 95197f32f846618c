import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { PROVIDER } from "../../../src/bindings/provider";
import type { RawProviderData, RawSchema, RawTypeBehaviour } from "../../../packages/sandbox/src/provider/schema/raw";
import { packed } from "../packed";
import type { Plugin } from "../../../packages/sandbox/test/provider/support/plugin";
import { startPlugin } from "../../../packages/sandbox/test/provider/support/plugin";
import type { Files, Released } from "../recording";
import type { ProviderSchemas } from "../schema";
import { DUMMY_KEYS } from "../released";
import { schemaOf } from "../schema";
import type { TypeFacts } from "./facts";
import { inOrder } from "./facts";
import { fromSchema } from "./from-schema";
import type { Asked } from "./observe";
import { observeCreation, observeMessages, observeReplacement } from "./observe";

type Behaviour = RawProviderData["behaviour"];

const FOLDER = "packages/provider-alicloud/schema";
const ROOT = join(__dirname, "../../..");

/**
 * The provider's schema, and what it leaves out, of every type. Seen from outside are types, what is required, computed or
 * sensitive, defaults and time limits of resources, what cannot be changed in place, conflicts, deprecations and removals.
 * What cannot be seen is kept as it was known: value checks, suppressed differences, state functions, what a change of
 * several attributes comes to, whether there is an import, what must be set together, defaults of data sources and of the
 * provider, and the fields of sets.
 */
export async function recordBehaviour(released: Released): Promise<Files> {
  const { text, schemas } = await schemaOf(released);
  const { file, behaviour: before } = previous();
  const plugin = await startPlugin(released.binary, DUMMY_KEYS);
  try {
    const behaviour = await observe(plugin, schemas, before);
    released.tell("A binary does not show value checks and suppressed differences: those are kept as they were known.");
    return {
      ...(file.includes(`-${PROVIDER.version}.`) ? {} : { [file]: undefined, [schemaNextTo(file)]: undefined }),
      [`${FOLDER}/alicloud-${PROVIDER.version}.schema.json.gz`]: packed(text),
      [`${FOLDER}/alicloud-${PROVIDER.version}.behaviour.json.gz`]: packed(
        `${JSON.stringify(inOrder(behaviour), undefined, 1)}\n`,
      ),
    };
  } finally {
    plugin.stop();
  }
}

/** Of the version that the tree holds, whichever that is. */
function previous(): { readonly file: string; readonly behaviour: Behaviour } {
  const files = readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith(".behaviour.json.gz"));
  const file = `${FOLDER}/${files.find((name) => name.includes(`-${PROVIDER.version}.`)) ?? files[0] ?? ""}`;
  return { file, behaviour: JSON.parse(gunzipSync(readFileSync(join(ROOT, file))).toString("utf8")) as Behaviour };
}

const schemaNextTo = (file: string): string => file.replace(".behaviour.", ".schema.");

async function observe(plugin: Plugin, schemas: ProviderSchemas, before: Behaviour): Promise<Behaviour> {
  const resources: Record<string, TypeFacts> = {};
  for (const [type, schema] of Object.entries(schemas.resource_schemas))
    resources[type] = await ofResource({ plugin, kind: "resource", type, block: schema.block }, schema, before);
  const dataSources: Record<string, TypeFacts> = {};
  for (const [type, { block }] of Object.entries(schemas.data_source_schemas))
    dataSources[type] = await ofDataSource({ plugin, kind: "data source", type, block }, before);
  return {
    data_sources: dataSources,
    provider: fromSchema(schemas.provider.block, before.provider),
    resources,
  };
}

async function ofResource(asked: Asked, schema: RawSchema, before: Behaviour): Promise<TypeFacts> {
  const known: RawTypeBehaviour | undefined = before.resources[asked.type];
  const attributes = fromSchema(asked.block, known?.attributes ?? {});
  const { deprecated } = await observeMessages(asked, attributes);
  const timeouts = await observeCreation(asked, attributes);
  await observeReplacement(asked, attributes);
  const { deprecated: _, timeouts: __, ...kept } = { customize_diff: false, importable: true, ...known };
  return {
    ...kept,
    attributes,
    schema_version: schema.version,
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(Object.keys(timeouts).length === 0 ? {} : { timeouts }),
    // The SDK refuses to start with a type that can be updated although nothing in it can.
    updatable: Object.values(attributes).some(
      ({ optional, required, force_new: replaced }) => (optional === true || required === true) && replaced !== true,
    ),
  };
}

async function ofDataSource(asked: Asked, before: Behaviour): Promise<TypeFacts> {
  const known = before.data_sources[asked.type];
  const attributes = fromSchema(asked.block, known?.attributes ?? {});
  const { deprecated } = await observeMessages(asked, attributes);
  const { deprecated: _, ...kept } = known ?? {};
  return { ...kept, attributes, ...(deprecated === undefined ? {} : { deprecated }) };
}

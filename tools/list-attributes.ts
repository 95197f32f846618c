/**
 * Makes src/plan/resolve/list-attributes.ts: which attributes of the types that have bindings are lists, as the
 * provider's schema has it. `--check` compares instead of writing.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { format, resolveConfig } from "prettier";
import { PROVIDER } from "../src/bindings/provider";
import { writeFileAtomic } from "../src/core/atomic-file";

const ROOT = join(__dirname, "..");
const BINDINGS = join(ROOT, "packages/provider-alicloud");
const TARGET = join(ROOT, "src/plan/resolve/list-attributes.ts");

type Type = string | readonly [string, Type | Readonly<Record<string, Type>>];

interface Block {
  readonly attributes?: Readonly<Record<string, { readonly type: Type }>>;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: string; readonly block: Block }>>;
}

interface Schema {
  readonly provider_schemas: Readonly<
    Record<string, Readonly<Record<"resource_schemas" | "data_source_schemas", Record<string, { block: Block }>>>>
  >;
}

function inBlock({ attributes = {}, block_types = {} }: Block, prefix: string): string[] {
  return [
    ...Object.entries(attributes).flatMap(([name, { type }]) => inType(type, prefix + name)),
    ...Object.entries(block_types).flatMap(([name, { nesting_mode, block }]) => [
      ...(nesting_mode === "list" ? [prefix + name] : []),
      ...inBlock(block, `${prefix}${name}.`),
    ]),
  ];
}

function inType(type: Type, path: string): string[] {
  if (typeof type === "string") return [];
  const [kind, of] = type;
  if (kind === "object")
    return Object.entries(of as Record<string, Type>).flatMap(([name, one]) => inType(one, `${path}.${name}`));
  return [...(kind === "list" ? [path] : []), ...inType(of as Type, path)];
}

async function main(): Promise<void> {
  const packed = readFileSync(join(BINDINGS, `schema/alicloud-${PROVIDER.version}.schema.json.gz`));
  const [schema] = Object.values((JSON.parse(gunzipSync(packed).toString("utf8")) as Schema).provider_schemas);
  const { resources, dataSources } = JSON.parse(readFileSync(join(BINDINGS, "allow-list.json"), "utf8")) as {
    readonly resources: readonly string[];
    readonly dataSources: readonly string[];
  };
  const paths = [
    ...resources.flatMap((type) => inBlock(schema!.resource_schemas[type]!.block, `${type}.`)),
    ...dataSources.flatMap((type) => inBlock(schema!.data_source_schemas[type]!.block, `data.${type}.`)),
  ];
  const text = [
    "/**",
    " * Attributes that are lists, of the types that have bindings. Any other array may be a set.",
    " * Generated from the provider's schema by tools/list-attributes.ts. Do not edit.",
    " */",
    "export const LIST_ATTRIBUTES: ReadonlySet<string> = new Set([",
    ...paths.sort().map((path) => `"${path}",`),
    "]);",
  ].join("\n");
  const made = await format(text, { ...(await resolveConfig(TARGET)), filepath: TARGET });
  if (!process.argv.includes("--check")) return writeFileAtomic(TARGET, made, 0o644);
  if (readFileSync(TARGET, "utf8") === made) return;
  console.error(`Expected ${TARGET} to be up to date. Fix: npx tsx tools/list-attributes.ts`);
  process.exitCode = 1;
}

void main();

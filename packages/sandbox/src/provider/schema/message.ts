import type { RawAttribute, RawBlock, RawNestedBlock, RawSchema } from "./raw";

const NESTING: Readonly<Record<RawNestedBlock["nesting_mode"], number>> = { single: 1, list: 2, set: 3, map: 4 };

/** A schema as the message that plugin protocol 5 carries. */
export function schemaMessage(schema: RawSchema): Record<string, unknown> {
  return { version: schema.version, block: blockMessage(schema.block) };
}

function blockMessage(block: RawBlock): Record<string, unknown> {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(([name, attribute]) => attributeMessage(name, attribute)),
    blockTypes: Object.entries(block.block_types ?? {}).map(([typeName, nested]) => ({
      typeName,
      block: blockMessage(nested.block),
      nesting: NESTING[nested.nesting_mode],
      minItems: nested.min_items ?? 0,
      maxItems: nested.max_items ?? 0,
    })),
    description: block.description ?? "",
    descriptionKind: block.description_kind === "markdown" ? 1 : 0,
    deprecated: block.deprecated ?? false,
  };
}

function attributeMessage(name: string, attribute: RawAttribute): Record<string, unknown> {
  return {
    name,
    type: Buffer.from(JSON.stringify(attribute.type ?? "dynamic")),
    description: attribute.description ?? "",
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive: attribute.sensitive ?? false,
    descriptionKind: attribute.description_kind === "markdown" ? 1 : 0,
    deprecated: attribute.deprecated ?? false,
  };
}

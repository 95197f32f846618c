import type { CtyType } from "../values/value";
import { parseDuration } from "../values/duration";
import type { Kind, Node, Operation, TypeSchema } from "./model";
import type { RawAttribute, RawBehaviour, RawBlock, RawNestedBlock, RawSchema, RawTypeBehaviour } from "./raw";
import { schemaMessage } from "./message";

const KINDS: Readonly<Record<string, Kind>> = {
  TypeString: "string",
  TypeInt: "int",
  TypeFloat: "float",
  TypeBool: "bool",
  TypeList: "list",
  TypeSet: "set",
  TypeMap: "map",
};

/** Time limit of an operation for which the real provider sets none: the plugin SDK's own. */
const DEFAULT_TIMEOUT = 20 * 60_000;

/** Joins what terraform sees of a type with how the real provider treats it. */
export function buildType(name: string, schema: RawSchema, behaviour: RawTypeBehaviour | undefined): TypeSchema {
  const nodes = buildNodes(schema.block, behaviour?.attributes ?? {});
  return {
    name,
    version: schema.version,
    type: blockType(schema.block),
    nodes,
    node: new Map(nodes.map((node) => [node.name, node])),
    timeouts: buildTimeouts(behaviour),
    deprecated: behaviour?.deprecated,
    importable: behaviour?.importable ?? false,
    updatable: behaviour?.updatable ?? false,
    message: schemaMessage(schema),
  };
}

function buildTimeouts(behaviour: RawTypeBehaviour | undefined): Partial<Record<Operation, number>> {
  return Object.fromEntries(
    Object.entries(behaviour?.timeouts ?? {}).map(([operation, text]) => [
      operation,
      parseDuration(text) ?? DEFAULT_TIMEOUT,
    ]),
  );
}

function buildNodes(block: RawBlock, behaviour: Readonly<Record<string, RawBehaviour>>): Node[] {
  const attributes = Object.entries(block.attributes ?? {})
    .filter(([name]) => name !== "id" || behaviour.id !== undefined)
    .map(([name, attribute]) => buildAttribute(name, attribute, behaviour[name]));
  const blocks = Object.entries(block.block_types ?? {})
    .filter(([name, nested]) => !(name === "timeouts" && nested.nesting_mode === "single"))
    .map(([name, nested]) => buildBlock(name, nested, behaviour[name]));
  return [...attributes, ...blocks];
}

function common(
  name: string,
  known: RawBehaviour | undefined,
  seen: RawAttribute,
): Omit<Node, "kind" | "type" | "block" | "fields" | "element"> {
  return {
    name,
    required: known?.required ?? seen.required ?? false,
    optional: known?.optional ?? seen.optional ?? false,
    computed: known?.computed ?? seen.computed ?? false,
    forceNew: known?.force_new ?? false,
    sensitive: known?.sensitive ?? seen.sensitive ?? false,
    default: known?.default ?? known?.default_func_value ?? null,
    deprecated: known?.deprecated,
    removed: known?.removed,
    conflictsWith: known?.conflicts_with ?? [],
    exactlyOneOf: known?.exactly_one_of ?? [],
    atLeastOneOf: known?.at_least_one_of ?? [],
    minItems: known?.min_items ?? 0,
    maxItems: known?.max_items ?? 0,
  };
}

function buildAttribute(name: string, attribute: RawAttribute, known: RawBehaviour | undefined): Node {
  const type = attribute.type ?? "dynamic";
  const kind = (known === undefined ? undefined : KINDS[known.type]) ?? kindOf(type);
  const elementType = typeof type === "string" || type[0] === "object" || type[0] === "tuple" ? undefined : type[1];
  const fields =
    elementType !== undefined && typeof elementType !== "string" && elementType[0] === "object"
      ? Object.entries(elementType[1]).map(([field, fieldType]) =>
          // Inside an attribute every field may be left out; the behaviour tells the rest.
          buildAttribute(
            field,
            { type: fieldType, optional: true, computed: attribute.computed },
            known?.block?.[field],
          ),
        )
      : undefined;
  return {
    ...common(name, known, attribute),
    kind,
    type,
    block: false,
    fields,
    element: fields !== undefined || elementType === undefined ? undefined : elementKind(elementType, known),
  };
}

function buildBlock(name: string, nested: RawNestedBlock, known: RawBehaviour | undefined): Node {
  const type = nestedType(nested);
  return {
    ...common(name, known, { required: (nested.min_items ?? 0) > 0, optional: (nested.min_items ?? 0) === 0 }),
    minItems: known?.min_items ?? nested.min_items ?? 0,
    maxItems: known?.max_items ?? nested.max_items ?? 0,
    kind: nested.nesting_mode === "set" ? "set" : "list",
    type,
    block: true,
    fields: buildNodes(nested.block, known?.block ?? {}),
    element: undefined,
  };
}

function elementKind(type: CtyType, known: RawBehaviour | undefined): Node["element"] {
  const kind = known?.elem?.type === undefined ? kindOf(type) : (KINDS[known.elem.type] ?? "string");
  return kind === "list" || kind === "set" || kind === "map" ? "string" : kind;
}

function kindOf(type: CtyType): Kind {
  if (type === "number") return "float";
  if (type === "bool" || type === "string") return type;
  return typeof type !== "string" && (type[0] === "list" || type[0] === "set" || type[0] === "map")
    ? type[0]
    : "string";
}

/** The type of the object that a block describes. */
export function blockType(block: RawBlock): CtyType {
  const fields: Record<string, CtyType> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) fields[name] = attribute.type ?? "dynamic";
  for (const [name, nested] of Object.entries(block.block_types ?? {})) fields[name] = nestedType(nested);
  return ["object", fields];
}

function nestedType(nested: RawNestedBlock): CtyType {
  const type = blockType(nested.block);
  return nested.nesting_mode === "single" ? type : [nested.nesting_mode, type];
}

import type { RawAttribute, RawBehaviour, RawBlock } from "../../../packages/sandbox/src/provider/schema/raw";
import type { CtyType } from "../../../packages/sandbox/src/provider/values/value";
import type { Facts } from "./facts";
import { put } from "./facts";

type Attributes = Readonly<Record<string, RawBehaviour>>;

const TYPES: Readonly<Record<string, string>> = { string: "TypeString", bool: "TypeBool", number: "TypeInt" };
const COLLECTIONS: Readonly<Record<string, string>> = { list: "TypeList", set: "TypeSet", map: "TypeMap" };

/**
 * What the schema that terraform sees tells of the attributes of a block, over what was known of them before. Attributes that
 * are gone are left out.
 */
export function fromSchema(block: RawBlock, before: Attributes): Record<string, Facts> {
  const found: Record<string, Facts> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    if (name === "id" && before.id === undefined) continue;
    found[name] = ofAttribute(attribute, before[name]);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    if (nested.nesting_mode === "single") continue;
    const facts: Facts = { ...before[name], type: COLLECTIONS[nested.nesting_mode]! };
    const { min_items: least = 0, max_items: most = 0 } = nested;
    putRequired(facts, least > 0);
    // Of a block that may be left out the schema does not tell how often it must be there if it is.
    if (least > 1) facts.min_items = least;
    put(facts, "max_items", most > 0 ? most : false);
    facts.block = fromSchema(nested.block, before[name]?.block ?? {});
    found[name] = facts;
  }
  return found;
}

function ofAttribute(attribute: RawAttribute, before: RawBehaviour | undefined): Facts {
  const { type = "string", required, optional, computed, sensitive } = attribute;
  const facts: Facts = { ...before, type: typeName(type, before?.type) };
  if (required === true || optional === true) putRequired(facts, required === true);
  else for (const key of ["required", "optional"] as const) put(facts, key, false);
  put(facts, "computed", computed ?? false);
  put(facts, "sensitive", sensitive ?? false);
  if (typeof type === "string" || type[0] === "tuple" || type[0] === "object") return facts;
  const element = type[1];
  if (typeof element !== "string" && element[0] === "object") {
    // Of the fields of such an attribute the schema tells the type alone.
    facts.block = Object.fromEntries(
      Object.entries(element[1]).map(([name, field]) => [
        name,
        ofField(field, before?.block?.[name], computed === true),
      ]),
    );
    delete facts.elem;
  } else if (facts.elem === undefined && type[0] !== "map" && facts.type === before?.type) {
    return facts;
  } else if (type[0] !== "map") {
    facts.elem = { ...facts.elem, type: typeName(element, facts.elem?.type) };
  }
  return facts;
}

/** What has a default of the environment looks optional where the environment, or an empty text, provides it. */
function putRequired(facts: Facts, required: boolean): void {
  const hasDefault = "default_func" in facts || facts.default_func_value !== undefined;
  if (facts.required === true && !required && hasDefault) return;
  put(facts, "required", required);
  put(facts, "optional", !required);
}

function ofField(type: CtyType, before: RawBehaviour | undefined, computed: boolean): Facts {
  if (before === undefined) return ofAttribute(computed ? { type, computed } : { type, optional: true }, undefined);
  const { required, optional, computed: known, sensitive } = before;
  return ofAttribute({ type, required, optional, computed: known, sensitive }, before);
}

/** A number is one of two in the provider; which one is kept. */
function typeName(type: CtyType, before: string | undefined): string {
  if (typeof type !== "string") return COLLECTIONS[type[0]] ?? "TypeString";
  if (type === "number" && before === "TypeFloat") return before;
  return TYPES[type] ?? "TypeString";
}

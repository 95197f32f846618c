import type { Place, SourceText } from "../hcl";
import { HclError, lazyAttribute } from "../hcl";
import { expressionOfJson } from "./json-expression";
import type { JsonMember, JsonNode } from "./json-node";
import type { LabelledSection, Section } from "./section";

/** In a body it is a comment; in the object of an expression it is a key. */
const COMMENT = "//";

/**
 * A body in JSON syntax: an object, or a list of objects that are taken together.
 * @throws HclError when it is neither
 */
export function jsonSection(node: JsonNode, source: SourceText): Section {
  const members = membersOf(node, source).filter(({ name }) => name.value !== COMMENT);
  const at: Place = { source, start: node.start, end: node.end };
  const named = (wanted: string): readonly JsonMember[] => members.filter(({ name }) => name.value === wanted);
  return {
    at,
    attributeNames: [...new Set(members.map(({ name }) => name.value))],
    blockTypes: [...new Set(members.flatMap(blockTypesOf))],
    attribute(name, reading = "value") {
      const [first, second] = named(name);
      if (first === undefined) return undefined;
      const { start, end } = first.value;
      return lazyAttribute({ source, start, end }, () => {
        if (second !== undefined) throw new HclError("an attribute that is set twice", source, second.value.start);
        return expressionOfJson(first.value, source, reading);
      });
    },
    blocks: (type, labels) => named(type).flatMap(({ value }) => unpacked(value, source, labels, [])),
  };
}

/** Objects in a list are read as one; nothing at all is an empty one. */
function membersOf(node: JsonNode, source: SourceText): readonly JsonMember[] {
  if (node.kind === "null") return [];
  if (node.kind === "object") return node.members;
  if (node.kind !== "array") throw new HclError("something else where an object should be", source, node.start);
  return node.items.flatMap((item) => {
    if (item.kind !== "object") throw new HclError("something else where an object should be", source, item.start);
    return item.members;
  });
}

/** Each level of labels is one of objects; a list of bodies is as many blocks. */
function unpacked(node: JsonNode, source: SourceText, left: number, labels: readonly string[]): LabelledSection[] {
  if (left > 0) {
    return membersOf(node, source).flatMap(({ name, value }) =>
      unpacked(value, source, left - 1, [...labels, name.value]),
    );
  }
  if (node.kind === "null") return [];
  if (node.kind === "array") return node.items.map((item) => ({ labels, section: jsonSection(item, source) }));
  return [{ labels, section: jsonSection(node, source) }];
}

/** Which members may be blocks: an object or a list of them. `dynamic` names others. */
function blockTypesOf({ name, value }: JsonMember): string[] {
  const objects = value.kind === "array" ? value.items : [value];
  if (!objects.some(({ kind }) => kind === "object" || kind === "array")) return [];
  if (name.value !== "dynamic") return [name.value];
  return objects.flatMap((object) =>
    object.kind === "object" ? object.members.map((member) => member.name.value) : [],
  );
}

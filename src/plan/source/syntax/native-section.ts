import type { Attribute, Body, Expression, Place } from "../hcl";
import { HclError, lazyAttribute, lineOf, parseExpression } from "../hcl";
import type { LabelledSection, Section } from "./section";

/** A body in native syntax. */
export function nativeSection(body: Body, at: Place): Section {
  return {
    at,
    attributeNames: [...body.attributes.keys()],
    blockTypes: [
      ...new Set(body.blocks.map(({ type, labels: [label] }) => (type === "dynamic" ? (label ?? type) : type))),
    ],
    attribute(name, reading = "value") {
      const attribute = body.attributes.get(name);
      return attribute === undefined || reading !== "reference" ? attribute : named(attribute);
    },
    blocks(type, labels) {
      if (body.attributes.has(type))
        throw new HclError(`an attribute where the block ${type} should be`, at.source, at.start);
      return body.blocks
        .filter((block) => block.type === type)
        .map((block): LabelledSection => {
          if (block.labels.length !== labels) {
            throw new HclError(`a block ${type} with another number of labels`, at.source, block.at.start);
          }
          return { labels: block.labels, section: nativeSection(block.body, block.at) };
        });
    },
  };
}

/** As a reference: a quoted text is parsed again, and a key such as `alicloud.hk` is no longer ambiguous. */
function named(attribute: Attribute): Attribute {
  return lazyAttribute(attribute.at, () => unquoted(attribute.expression()));
}

function unquoted(node: Expression): Expression {
  switch (node.kind) {
    case "string":
      return parseExpression({ file: node.at.source.file, text: node.value, line: lineOf(node.at) });
    case "tuple":
      return { ...node, items: node.items.map(unquoted) };
    case "object":
      return { ...node, entries: node.entries.map(({ key, value }) => ({ key: keyOf(key), value: unquoted(value) })) };
    default:
      return node;
  }
}

function keyOf(key: Expression): Expression {
  return key.kind === "unsupported" ? parseExpression(key.at.source, key.at.start, key.at.end) : unquoted(key);
}

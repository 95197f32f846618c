import type { Expression, ObjectEntry, Place, SourceText } from "../hcl";
import { HclError, lineOf, parseExpression, parseTemplate } from "../hcl";
import type { JsonNode } from "./json-node";
import type { Reading } from "./section";

/** As native syntax has them. */
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?$/;

/**
 * The expression that a value of JSON configuration is.
 * @throws HclError
 */
export function expressionOfJson(node: JsonNode, source: SourceText, reading: Reading): Expression {
  const at: Place = { source, start: node.start, end: node.end };
  switch (node.kind) {
    case "string":
      return textOf(node.value, at, reading);
    case "number":
      return numberOf(node.text, at);
    case "bool":
      return { kind: "bool", value: node.value, at };
    case "null":
      return { kind: "null", at };
    case "array":
      return { kind: "tuple", items: node.items.map((item) => expressionOfJson(item, source, reading)), at };
    case "object": {
      const names = new Set(node.members.map(({ name }) => name.value));
      if (names.size < node.members.length)
        throw new HclError("an object with two members of one name", source, at.start);
      const entries = node.members.map(({ name, value }): ObjectEntry => ({
        key: expressionOfJson(name, source, reading),
        value: expressionOfJson(value, source, reading),
      }));
      return { kind: "object", entries, at };
    }
  }
}

function textOf(value: string, at: Place, reading: Reading): Expression {
  if (reading === "constant") return { kind: "string", value: value.normalize("NFC"), at };
  const text: SourceText = { file: at.source.file, text: value, line: lineOf(at) };
  return reading === "reference" ? parseExpression(text) : parseTemplate(text);
}

function numberOf(text: string, at: Place): Expression {
  if (!NUMBER.test(text)) throw new HclError("a number in a form that this reader does not know", at.source, at.start);
  if (!text.startsWith("-")) return { kind: "number", text, at };
  return { kind: "unary", operator: "-", of: { kind: "number", text: text.slice(1), at }, at };
}

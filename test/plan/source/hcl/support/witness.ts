import { getExpressionAst } from "@cdktn/hcl2json";
import type { Expression } from "../../../../../src/plan/source/hcl";
import { parseExpression } from "../../../../../src/plan/source/hcl";

/** What the witness (Go's own parser) and ours both tell of an expression. Text stands as it is written. */
export type Form = readonly [kind: string, ...parts: unknown[]];

interface Node {
  readonly type: string;
  readonly children: readonly Node[];
  readonly range: { readonly start: { readonly byte: number }; readonly end: { readonly byte: number } };
  readonly meta?: Readonly<Record<string, unknown>>;
}

const OPERATORS: Readonly<Record<string, string>> = {
  logicalOr: "||",
  logicalAnd: "&&",
  equal: "==",
  notEqual: "!=",
  lessThan: "<",
  lessThanOrEqual: "<=",
  greaterThan: ">",
  greaterThanOrEqual: ">=",
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  modulo: "%",
  negate: "-",
  logicalNot: "!",
};

/** The witness's answer, or that it refuses the text. */
export async function witnessed(text: string): Promise<Form> {
  let node: Node;
  try {
    node = (await getExpressionAst("main.tf", text)) as unknown as Node;
  } catch {
    return ["refused"];
  }
  return formOf(node, Buffer.from(text));
}

/** Our answer, in the same form. */
export function ours(text: string): Form {
  try {
    return ourForm(parseExpression({ file: "main.tf", text }));
  } catch (thrown) {
    if ((thrown as Error).name !== "HclError") throw thrown;
    return ["refused"];
  }
}

function formOf(node: Node, source: Buffer): Form {
  const meta = node.meta ?? {};
  const children = (): Form[] => node.children.map((child) => formOf(child, source));
  switch (node.type) {
    case "literalValue":
      if (meta.type === "number") return ["number", String(Number(meta.value))];
      return meta.type === "string"
        ? ["string"]
        : [meta.type === "dynamic" ? "null" : (meta.type as string), meta.value];
    case "scopeTraversal":
      return traversed(undefined, meta.traversal);
    case "relativeTraversal":
      return traversed(children()[0], meta.traversal);
    case "function":
      return ["call", meta.name, meta.expandedFinalArgument, ...children()];
    case "binaryOp":
    case "unaryOp":
      return [node.type === "unaryOp" ? "unary" : "binary", OPERATORS[meta.operator as string], ...children()];
    case "for":
      return ["for", meta.keyVar, meta.valVar, meta.groupedValue, ...children()];
    case "templateWrap":
      return ["wrap", ...children()];
    case "templateJoin":
      return ["repeated", ...children()];
    case "template":
      return node.children.length === 1 && children()[0]![0] === "string" ? ["string"] : ["template", ...children()];
    case "index": {
      const [of, key] = children();
      return ["index", of, /^(?:null|bool)$/.test(key![0]) ? ["constant"] : key];
    }
    case "": {
      // Brackets and keys of objects have no type of their own; without children it is a bare key or a splat's item.
      const [inner] = children();
      if (inner !== undefined) return inner;
      return /^(\[\s*\*\s*\]|\.\s*\*)$/.test(source.toString("utf8", node.range.start.byte, node.range.end.byte))
        ? ["item"]
        : ["string"];
    }
    default:
      return [node.type, ...children()];
  }
}

function traversed(from: Form | undefined, steps: unknown): Form {
  let form = from;
  for (const { type, segment } of steps as { type: string; segment?: string }[]) {
    if (form === undefined) form = ["root", segment];
    else form = type === "nameTraversal" ? ["attribute", segment, form] : ["index", form, keyForm(segment)];
  }
  return form!;
}

function keyForm(segment: string | undefined): Form {
  // What the witness shows of `a[null]` and `a[true]` is nothing.
  if (segment === undefined) return ["constant"];
  return segment.startsWith('"') ? ["string"] : ["number", String(Number(segment))];
}

function ourForm(node: Expression): Form {
  switch (node.kind) {
    case "string":
    case "null":
    case "item":
    case "unsupported":
      return node.kind === "null" ? ["null", "null"] : [node.kind];
    case "number":
      return ["number", String(Number(node.text))];
    case "bool":
      return ["bool", String(node.value)];
    case "template":
      return ["template", ...node.parts.map(ourForm)];
    case "repeated":
      return ["repeated", ourForm(node.of)];
    case "wrap":
      return ["wrap", ourForm(node.of)];
    case "root":
      return ["root", node.name];
    case "attribute":
      return ["attribute", node.name, ourForm(node.of)];
    case "index":
      return ["index", ourForm(node.of), isConstant(node.key) ? ["constant"] : ourForm(node.key)];
    case "splat":
      return ["splat", ourForm(node.of), ourForm(node.each)];
    case "tuple":
      return ["tuple", ...node.items.map(ourForm)];
    case "object":
      return ["object", ...node.entries.flatMap(({ key, value }) => [ourForm(key), ourForm(value)])];
    case "for": {
      const children = [node.of, node.key, node.value, node.condition].filter((child) => child !== undefined);
      return ["for", node.keyName ?? "", node.valueName, node.grouped, ...children.map(ourForm)];
    }
    case "call":
      return ["call", node.name, node.spread, ...node.args.map(ourForm)];
    case "conditional":
      return ["conditional", ...[node.condition, node.then, node.else].map(ourForm)];
    case "binary":
      return ["binary", node.operator, ourForm(node.left), ourForm(node.right)];
    case "unary":
      return ["unary", node.operator, ourForm(node.of)];
  }
}

function isConstant({ kind }: Expression): boolean {
  return kind === "null" || kind === "bool";
}

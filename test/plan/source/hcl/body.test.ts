import { parse } from "@cdktn/hcl2json";
import type { Body, Expression } from "../../../../src/plan/source/hcl";
import { HclError, lineOf, parseBody, quote, sourceText } from "../../../../src/plan/source/hcl";

const BODIES: readonly (readonly [title: string, text: string])[] = [
  ["nothing", ""],
  ["an empty line and a comment", "\n# a\n// b\n/* c\n d */\n"],
  ["attributes", 'a = 1\nb = "x${c}"\nc-d = [1, "two", e.f]\né = { a = b, "c" = 3 }\n'],
  ["an attribute at the end without a newline", "a = b.c"],
  ["Windows line ends", 'a = 1\r\nresource "t" "n" {\r\n  b = <<E\r\nc\r\nE\r\n}\r\n'],
  ["a byte order mark", "\uFEFFa = 1\n"],
  ["blocks with labels of both kinds", 'resource "t" n {\n  a = 1\n}\nresource t "m" {}\nlocals {}\nmodule "x y" {}\n'],
  ["a repeated block", 'provider "p" {\n  region = "a"\n}\nprovider "p" {\n  alias = "b"\n}\n'],
  ["blocks in blocks", "a {\n  b {\n    c {\n      d = e\n    }\n  }\n  b {\n  }\n  f = 1\n}\n"],
  ["a block on one line", "a { b = c }\nd { }\ne { f = [1, { g = 2 }] }\n"],
  ["expressions over several lines", "a = [\n  1,\n  2,\n]\nb = f(\n  c\n)\nd = {\n  e = 1\n\n  # x\n  f = 2\n}\ng = f(h\n  ? i\n  : j\n)\n"],
  ["heredocs", "a = <<-E\n    b ${c}\n  d\n  E\ne = [<<F\ng }\nF\n]\n"],
  ["comments after attributes", "a = 1 # b\nc = 2 // d\ne /* f */ = /* g */ 3 /* h */\n"],
  ["braces and quotes inside strings", 'a = "} { \\" ${f("}")}{"\nb = 1\n'],
]; // prettier-ignore

const BROKEN: readonly (readonly [title: string, text: string])[] = [
  ["an attribute that is set twice", "a = 1\na = 2\n"],
  ["a block that is not closed", "a {\n  b = 1\n"],
  ["an extra brace", "a {\n}\n}\n"],
  ["two attributes on a line", "a = 1 b = 2\n"],
  ["a comma after an attribute", "a = 1,\n"],
  ["a quoted name", '"a" = 1\n'],
  ["a name without a value", "a\n"],
  ["a label that is a template", 'a "${b}" {}\n'],
  ["a block whose brace is on the next line", "a\n{\n}\n"],
  ["two attributes in a one-line block", "a { b = 1, c = 2 }\n"],
  ["a one-line block that continues on the next line", "a { b = 1\n}\n"],
  ["a block in a one-line block", "a { b {} }\n"],
  ["two blocks on a line", "a {} b {}\n"],
  ["an attribute without a value", "a =\n"],
  ["an expression over two lines without brackets", "a = b +\n  c\n"],
  ["brackets that do not match", "a = [1)\n"],
  ["a heredoc at the end without a newline", "a = <<E\nb\nE"],
  ["an unterminated string", 'a = "b\nc = 1\n'],
  ["an invalid character", "a = 1;\n"],
  ["an unterminated comment", "a = 1 /* b\n"],
];

describe("the body of a file", () => {
  test.each(BODIES)("with %s has the content that Go's own parser finds", async (_title, text) => {
    expect(asJson(read(text))).toEqual(await parse("main.tf", text));
  });

  test.each(BROKEN)("with %s is refused, as by Go's own parser", async (_title, text) => {
    await expect(parse("main.tf", text)).rejects.toThrow();
    // What is wrong inside an expression makes that one unsupported, and says so.
    expect(() => refuseUnsupported(read(text))).toThrow(HclError);
  });

  test("has the right source positions after any characters", () => {
    const body = read('\uFEFF# é😀\r\na = 1\r\nresource "t" "n" {\r\n  b = [\r\n    x.y ? 1 :   2,\r\n  ]\r\n}\r\n');
    const { at } = body.blocks[0]!.body.attributes.get("b")!;
    expect([lineOf(body.blocks[0]!.at), lineOf(at), quote(at)]).toEqual([3, 4, "[ x.y ? 1 : 2, ]"]);
    const list = body.blocks[0]!.body.attributes.get("b")!.expression() as Extract<Expression, { kind: "tuple" }>;
    expect([lineOf(list.items[0]!.at), quote(list.items[0]!.at)]).toEqual([5, "x.y ? 1 : 2"]);
  });

  test("is quoted on one line of at most 80 whole characters", () => {
    const text = `a = [${"😀, ".repeat(40)}]\n`;
    const quoted = quote(read(`a = "${"😀".repeat(100)}"\n`).attributes.get("a")!.at);
    expect([...quoted]).toHaveLength(80);
    expect(quoted).toBe(`"${"😀".repeat(78)}…`);
    expect(quote({ source: { file: "f", text }, start: 0, end: 5 })).toBe("a = [");
  });

  test("has each expression parsed once", () => {
    const attribute = read("a = b.c\n").attributes.get("a")!;
    expect(attribute.expression()).toBe(attribute.expression());
  });

  test("that is not UTF-8 is refused", () => {
    expect(() => sourceText("main.tf", Buffer.from([0x61, 0xff]))).toThrow("not UTF-8");
    expect(sourceText("main.tf", Buffer.from("é")).text).toBe("é");
  });
});

function read(text: string): Body {
  return parseBody({ file: "main.tf", text });
}

function refuseUnsupported({ attributes, blocks }: Body): void {
  for (const { at, expression } of attributes.values()) {
    const { kind } = expression();
    if (kind === "unsupported") throw new HclError(kind, at.source, at.start);
  }
  for (const { body } of blocks) refuseUnsupported(body);
}

/** As the witness shows a body: blocks by type and labels, and of an expression its text. */
function asJson({ attributes, blocks }: Body): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [name, attribute] of attributes) json[name] = valueAsJson(attribute.expression());
  for (const { type, labels, body } of blocks) {
    let into = json;
    for (const label of [type, ...labels].slice(0, -1)) into = (into[label] ??= {}) as Record<string, unknown>;
    ((into[labels.at(-1) ?? type] ??= []) as unknown[]).push(asJson(body));
  }
  return json;
}

function valueAsJson(node: Expression): unknown {
  const { source, start, end } = node.at;
  const text = source.text.slice(start, end);
  switch (node.kind) {
    case "string":
    case "bool":
      return node.value;
    case "number":
      return Number(node.text);
    case "tuple":
      return node.items.map(valueAsJson);
    case "object":
      return Object.fromEntries(node.entries.map(({ key, value }) => [valueAsJson(key), valueAsJson(value)]));
    case "template":
      return node.parts.map((part) => (part.kind === "string" ? part.value : `\${${quoted(part)}}`)).join("");
    default:
      return `\${${text}}`;
  }
}

function quoted({ at: { source, start, end } }: Expression): string {
  return source.text.slice(start, end);
}

import * as fc from "fast-check";

const name = fc.constantFrom("a", "var", "x-y", "_u", "if", "in", "for", "é", "true");
const space = fc.constantFrom("", " ", "\n", " # c\n", "/* d */");

/** Texts of expressions: mostly good ones, nested a few levels deep. */
export const expressionTexts: fc.Arbitrary<string> = fc.letrec<{ expression: string; template: string }>((tie) => {
  const e = tie("expression");
  const text = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
    fc.tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part))).map((all) => all.join(""));
  const list = fc.array(e, { maxLength: 3 });
  const key = fc.oneof(name, text("(", e, ")"), text('"', tie("template"), '"'));
  const entries = fc.array(text(key, fc.constantFrom(" = ", ":"), e), { maxLength: 3 });
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom("a", "var.x", "1", "2.50", '"s"', "null", "true", "a.0", 'a["k"]', "count.index-1"),
      text(e, space, fc.constantFrom("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"), space, e),
      text(fc.constantFrom("-", "!"), e),
      text("(", space, e, space, ")"),
      text(e, fc.constantFrom(".id", ".0", "[0]", "[*].id", ".*.id", ".*.b[0]", "[each.key]")),
      text(e, "[", space, e, space, "]"),
      text(e, " ? ", e, " : ", e),
      list.map((items) => `[${items.join(", ")}]`),
      fc.tuple(entries, fc.constantFrom(", ", "\n")).map(([all, separator]) => `{ ${all.join(separator)} }`),
      fc
        .tuple(fc.constantFrom("f", "core::g"), list, fc.constantFrom("", "...", ","))
        .map(([f, args, end]) => `${f}(${args.join(",")}${end})`),
      text("[for x in ", e, " : ", e, fc.constantFrom("", " if x"), "]"),
      text("{ for k, v in ", e, " : ", e, " => ", e, fc.constantFrom("", "..."), " }"),
      text('"', tie("template"), '"'),
      text(fc.constantFrom("<<A\n", "<<-A\n"), fc.constantFrom("", "  ", "\t"), tie("template"), "\n  A\n"),
    ),
    template: fc
      .array(
        fc.oneof(
          { depthSize: "small" },
          fc.constantFrom("a", " ", "$", "%", "$${", "%%{", "$$", "é"),
          text("${", fc.constantFrom("", "~", " "), e, fc.constantFrom("", "~", " "), "}"),
          text("%{ if ", e, " }", tie("template"), fc.constantFrom("", "%{ else ~}"), tie("template"), "%{~ endif }"),
        ),
        { maxLength: 3 },
      )
      .map((parts) => parts.join("")),
  };
}).expression;

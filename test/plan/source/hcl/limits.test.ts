import type { Expression } from "../../../../src/plan/source/hcl";
import { HclError, parseBody, parseExpression, parseTemplate } from "../../../../src/plan/source/hcl";

const source = (text: string): { file: string; text: string } => ({ file: "main.tf", text });

describe("hostile input", () => {
  const MANY = 20_000;
  const deep = (open: string, middle: string, close: string): string => open.repeat(MANY) + middle + close.repeat(MANY);

  test.each<[string, string]>([
    ["brackets", deep("(", "a", ")")],
    ["lists", deep("[", "", "]")],
    ["objects", deep("{ a = ", "1", " }")],
    ["calls", deep("f(", "", ")")],
    ["negations", `${"!".repeat(MANY)}a`],
    ["conditionals", deep("a ? b : ", "c", "")],
    ["conditionals in the middle", deep("a ? ", "b", " : c")],
    ["templates", deep('"${', "a", '}"')],
    ["directives", `"${deep("%{ if a }", "b", "%{ endif }")}"`],
    ["loops", deep("[for x in ", "a", " : x]")],
    ["names", `a${".b".repeat(MANY)}`],
    ["indexes", `a${"[0]".repeat(MANY)}`],
    ["splats", `a${"[*]".repeat(MANY)}`],
    ["splats by .*", `a${".*[0]".repeat(MANY)}`],
    ["additions", `a${" + a".repeat(MANY)}`],
    ["chains inside of chains", `${`(${"a + ".repeat(100)}`.repeat(200)}a${")".repeat(200)}`],
  ])("that is nested too deeply is refused with an error: %s", (_title, text) => {
    expect(() => parseExpression(source(text))).toThrow(HclError);
  });

  test("with blocks that are nested too deeply is refused with an error", () => {
    expect(() => parseBody(source(deep("a {\n", "", "}\n")))).toThrow("more than 250 blocks");
  });

  test.each<[string, (size: number) => string]>([
    ["a list", (size) => `[${"a.b, ".repeat(size)}]`],
    ["an object", (size) => `{${'"a" = [1], '.repeat(size)}}`],
    ["a string", (size) => `"${"abc \\n".repeat(size)}"`],
    ["a string with many interpolations", (size) => `"${"a ${b} $".repeat(size)}"`],
    ["many strings", (size) => `[${'"a", '.repeat(size)}]`],
    ["a heredoc", (size) => `<<-A\n${"    a ${b}\n\n".repeat(size)}  A\n`],
    ["template markers", (size) => `"${"$%".repeat(size)}"`],
    ["one long name", (size) => "a".repeat(size)],
    ["one long number", (size) => `1${".1".repeat(size)}`],
    ["dots", (size) => `1${".".repeat(size)}`],
    ["white space", (size) => `a${" ".repeat(size)}+ b`],
    ["white space in a heredoc", (size) => `<<A\n${`a${" ".repeat(50)}`.repeat(size)}\nA\n`],
    ["newlines in brackets", (size) => `(${"\n".repeat(size)}a${"\n".repeat(size)})`],
    ["comments", (size) => `a ${"/* b */ ".repeat(size)}`],
    ["unterminated comments", (size) => `a ${"/* b ".repeat(size)}`],
    ["unterminated heredocs", (size) => "<<A ".repeat(size)],
    ["an unterminated string", (size) => `"${"a".repeat(size)}`],
  ])("is parsed in linear time: %s", (_title, text) => {
    const time = (size: number): number => {
      const long = source(text(size));
      const start = process.cpuUsage();
      attempt(() => parseExpression(long));
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    time(5_000);
    const least = (size: number): number => Math.min(time(size), time(size), time(size));
    const [short, long] = [least(5_000), least(50_000)];
    // Ten times the text: a square would take a hundred times as long. What is below the clock's grain proves nothing.
    expect(long).toBeLessThan(Math.max(short, 4_000) * 45);
  });

  test.each<[string, string, string]>([
    ["a name with combining characters", "e\u0301", "Unicode composes"],
    ["a lone surrogate", '"\ud83d"', "half of a character"],
    ["an excessive exponent", "1e99999", "a number in a form"],
    ["an index that is not a whole number", "a.1e3", "not a whole number"],
    ["a heredoc indented with other white space", "<<-A\n\u00a0\u00a0a\nA\n", "other characters than spaces"],
    ["a `~` after a template marker at the end of a line", "<<A\n$ \n${~ a}\nA\n", "ends with a `$`"],
    ["a carriage return inside a heredoc", "<<A\na\rb\nA\n", "carriage return"],
  ])("with what this parser does not support exactly is refused: %s", (_title, text, why) => {
    expect(() => parseExpression(source(text))).toThrow(why);
  });

  test.each(["{ a.b = 1 }", "{ a[0] = 1 }", '{ a["b"].c = 1 }'])(
    "with a key that may be a reference has no value: %s",
    (text) => {
      expect(parseExpression(source(text))).toMatchObject({ entries: [{ key: { kind: "unsupported" } }] });
    },
  );

  test("with an attribute that cannot be parsed gives the reason", () => {
    const body = parseBody(source("a = b +\nc = d\n"));
    expect(body.attributes.get("a")!.expression()).toMatchObject({
      kind: "unsupported",
      why: "it has something else where an expression should be",
    });
    expect(body.attributes.get("c")!.expression().kind).toBe("root");
  });
});

describe("a string of JSON configuration", () => {
  test.each<[string, string, Partial<Expression>]>([
    ["without templates is itself", 'a "b" \\n', { kind: "string", value: 'a "b" \\n' }],
    ["that is empty", "", { kind: "string", value: "" }],
    ["with one value keeps its type", "${a}", { kind: "wrap" }],
    ["with an escape", "$${a} %%{b}", { kind: "string", value: "${a} %{b}" }],
    ["with line breaks", "a\nb\r\n", { kind: "string", value: "a\nb\r\n" }],
    ["that ends with a template marker", "100%", { kind: "string", value: "100%" }],
    ["with quotes inside a value", 'x${a["b"]}', { kind: "template" }],
    ["is normalised", "e\u0301", { kind: "string", value: "é" }],
    ["with a loop", "%{ for x in a }b%{ endfor }", { kind: "template" }],
  ])("%s", (_title, text, node) => {
    expect(parseTemplate(source(text))).toMatchObject(node);
  });

  test.each(["${", "${a", "${a b}", "%{ if a }b", "a\rb", "%{ endif }"])("%j is refused", (text) => {
    expect(() => parseTemplate(source(text))).toThrow(HclError);
  });
});

function attempt(read: () => unknown): void {
  try {
    read();
  } catch (thrown) {
    if (!(thrown instanceof HclError)) throw thrown;
  }
}

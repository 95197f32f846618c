import ts from "typescript";
import { collectMessages } from "../../../tools/docs/messages-collect";
import type { Message } from "../../../tools/docs/messages-collect";

function collected(text: string, path = "src/a.ts"): Message[] {
  return collectMessages([ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)]);
}

describe("the messages found in the sources", () => {
  it.each([
    ["a string", 'throw new AnycastError("Aa", "It broke.");', "Aa", "It broke."],
    [
      "values in a string",
      "throw new AnycastError('Aa', `At ${path}: ${messageOf(cause)} of ${names.join(', ')} and ${x.y}`);",
      "Aa",
      "At {path}: {cause} of {names} and {y}",
    ],
    ["concatenated strings", 'new AnycastError("Aa", "one " + "two " + three);', "Aa", "one two {three}"],
    ["alternative strings", 'new AnycastError("Aa", `It is ${on ? "on" : "off"}.`);', "Aa", "It is on | off."],
    ["an optional part", 'new AnycastError("Aa", `It${on ? " is on" : ""}.`);', "Aa", "It[ is on]."],
    [
      "a string in a constant",
      'const FIX = "change it"; new AnycastError("Aa", `Fix: ${FIX}.`);',
      "Aa",
      "Fix: change it.",
    ],
    [
      "a sentence",
      'expectationError("Aa", { what: "it", rule: `one of ${list}`, got, at: path, fix: "do." }, cause);',
      "Aa",
      "Expected it to be one of {list}, got `{got}` (at {path}). Fix: do.",
    ],
    [
      "a sentence inside an error",
      'new AnycastError("Aa", expected({ what: "it", rule: "b", got: undefined, fix: "do." }));',
      "Aa",
      "Expected it to be b, got `nothing`. Fix: do.",
    ],
    [
      "something that other code throws",
      'const c = e instanceof AnycastError ? e.code : "Other";',
      "Other",
      "{what was thrown}",
    ],
  ])("include %s", (_what, text, code, template) => {
    expect(collected(text)).toEqual([{ code, template, file: "src/a.ts", exitCode: 2 }]);
  });

  it.each([
    ["both branches", 'new AnycastError(a ? "One" : "Two", "x");', ["One", "Two"]],
    [
      "a table and its fallback",
      'const T = { a: "One", b: "Two" }; new AnycastError(T[k] ?? "Three", "x");',
      ["One", "Three", "Two"],
    ],
    [
      "the first of a tuple",
      'const T = { 1: ["One", "text"] }; function f() { const [code, message] = T[n] ?? ["Two", "t"]; throw new AnycastError(code, message); }',
      ["One", "Two"],
    ],
    [
      "what callers pass",
      'function raise(a: string, code: string) { throw new AnycastError(code, a); } raise("x", "One"); o.raise("y", "Two");',
      ["One", "Two"],
    ],
    [
      "what callers pass to an arrow function",
      'const no = (code: string) => new AnycastError(code, "x"); no("One");',
      ["One"],
    ],
    ["nothing that is not a code", 'new AnycastError("not a code", "x");', []],
    ["nothing from a recursive reference", 'const a = b; const b = a; new AnycastError(a, "x");', []],
  ])("have the codes of %s", (_what, text, codes) => {
    expect(collected(text).map(({ code }) => code)).toEqual(codes);
  });

  it("have no codes that callers pass to another file's function of the same name", () => {
    const sources = [
      'function fail(code: string) { throw new AnycastError(code, "x"); } fail("One");',
      'function fail(code: string) { return code; } fail("Two");',
    ].map((text, i) => ts.createSourceFile(`src/${i}.ts`, text, ts.ScriptTarget.ES2022, true));
    expect(collectMessages(sources).map(({ code }) => code)).toEqual(["One"]);
    const exported = sources.map(({ text, fileName }) =>
      ts.createSourceFile(fileName, text.replace(/^function/, "export function"), ts.ScriptTarget.ES2022, true),
    );
    expect(collectMessages(exported).map(({ code }) => code)).toEqual(["One", "Two"]);
  });

  it("include the exit code, and say that constructs have none", () => {
    expect(collected('new AnycastError("Aa", "x", { exitCode: 1 });')[0]!.exitCode).toBe(1);
    const construct = collected('misuse({ code: "Aa", what: "it", rule: "b", got: 1, at: path, fix: "do." });');
    expect(construct).toEqual([
      { code: "Aa", template: "Expected it to be b, got `1` (at {path}). Fix: do.", file: "src/a.ts" },
    ]);
  });

  it("are listed once, sorted, and not where they are only passed on", () => {
    const text = 'new AnycastError("Bb", "x"); new AnycastError("Aa", "y"); new AnycastError("Bb", "x");';
    expect(collected(text).map(({ code }) => code)).toEqual(["Aa", "Bb"]);
    expect(collected(text, "src/core/errors.ts")).toEqual([]);
  });
});

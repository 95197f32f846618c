import fc from "fast-check";
import { JsonScanner, MAXIMUM_DEPTH } from "../../../../src/plan/file/scan/json-scanner";
import { ScanError } from "../../../../src/plan/file/scan/scan-error";

function scan(text: string): { value?: unknown; problem?: string; key?: string | undefined } {
  try {
    const scanner = new JsonScanner(Buffer.from(text));
    const value = scanner.value();
    scanner.end();
    return { value };
  } catch (thrown) {
    if (!(thrown instanceof ScanError)) throw thrown;
    return { problem: thrown.problem, key: thrown.key };
  }
}

function parse(text: string): { value?: unknown; problem?: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: "NotJson" };
  }
}

describe("the scanner accepts exactly the JSON that JSON.parse accepts", () => {
  test("for any value, with or without white space", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, " ", "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(scan(text)).toEqual({ value: JSON.parse(text) as unknown });
      }),
      { numRuns: 500 },
    );
  });

  test("for JSON with one character inserted, removed or replaced", () => {
    const character = fc.constantFrom(...'{}[]",:\\0123456789.eE+-truefalsn \n\t\u0001\u00e9/');
    const edit = fc.tuple(fc.nat(), fc.constantFrom("in", "out", "other"), character);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.array(edit, { minLength: 1, maxLength: 3 }), (value, edits) => {
        let text = JSON.stringify(value);
        for (const [n, how, by] of edits) {
          const at = n % (text.length + 1);
          text = text.slice(0, at) + (how === "out" ? "" : by) + text.slice(how === "in" ? at : at + 1);
        }
        const scanned = scan(text);
        if (scanned.problem !== "DuplicateKey") expect(scanned.problem).toBe(parse(text).problem);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    "",
    " ",
    "nul",
    "truee",
    "01",
    "-",
    "1.",
    ".5",
    "1e",
    "+1",
    "0x1",
    "NaN",
    "[1,]",
    "[,1]",
    "{,}",
    '{"a":1,}',
    '{"a"}',
    "{'a':1}",
    '{"a":1 "b":2}',
    '"\\x"',
    '"\\u12g4"',
    '"\\u12"',
    '"a\nb"',
    '"\t"',
    '"open',
    "[1",
    '{"a":1',
    "1 2",
    "]",
  ])("and refuses %j", (text) => {
    expect(parse(text).problem).toBe("NotJson");
    expect(scan(text).problem).toBe("NotJson");
  });

  test.each(["-0", "1.5e-7", "[ ]", "{ }", '"\\u0041\\ud83d\\ude00\\/"', '{"":{"":[null]}}', "1e999"])("%s", (text) => {
    expect(scan(text)).toEqual(parse(text));
  });
});

describe("a key that occurs twice in one object", () => {
  test.each([
    ["without escapes", '{"a":1,"a":2}', "a"],
    ["with an escape", '{"address":1,"\\u0061ddress":2}', "address"],
    ["with the escape first", '{"\\u0061":1,"a":2}', "a"],
    ["beyond ASCII", '{"é":1,"\\u00e9":2}', "é"],
    ["after a nested object with the same key", '{"a":{"a":1},"b":[{"a":1},{"a":2}],"a":3}', "a"],
    ["deep inside", '[[{"x":{"y":1,"z":[],"y":2}}]]', "y"],
    ["the empty key", '{"":1,"":2}', ""],
    ["with the hash of another key", '{"Aa":1,"BB":2,"Aa":3}', "Aa"],
  ])("%s", (_, text, key) => {
    expect(scan(text)).toEqual({ problem: "DuplicateKey", key });
  });

  test.each([
    ["in different objects", '[{"a":1},{"a":2},{"b":{"a":1}}]'],
    ["keys with the same hash", '{"Aa":1,"BB":2}'],
    ["keys that differ in case", '{"a":1,"A":2}'],
  ])("is not: %s", (_, text) => {
    expect(scan(text)).toEqual(parse(text));
  });

  test("is found in any place, with any escapes", () => {
    const keys = fc.uniqueArray(fc.string({ unit: "grapheme", maxLength: 6 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(keys, fc.nat(), fc.nat(), fc.boolean(), (names, which, where, escaped) => {
        const members = names.map((name) => `${JSON.stringify(name)}:0`);
        expect(scan(`{${members.join(",")}}`).problem).toBeUndefined();
        const again = names[which % names.length]!;
        const spelled = escaped
          ? `"${[
              ...Buffer.from(again, "utf16le")
                .toString("hex")
                .matchAll(/(..)(..)/g),
            ]
              .map(([, low, high]) => `\\u${high!}${low!}`)
              .join("")}"`
          : JSON.stringify(again);
        members.splice(where % (members.length + 1), 0, `${spelled}:1`);
        expect(scan(`{${members.join(",")}}`)).toEqual({ problem: "DuplicateKey", key: again });
      }),
      { numRuns: 300 },
    );
  });

  test("is found among a hundred thousand keys", () => {
    const members = Array.from({ length: 100_000 }, (_, i) => `"key${String(i)}":0`);
    expect(scan(`{${members.join(",")}}`).problem).toBeUndefined();
    expect(scan(`{${members.join(",")},"key77777":1}`)).toEqual({ problem: "DuplicateKey", key: "key77777" });
  });
});

describe("limits", () => {
  test("documents may be as deep as the limit and no deeper", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(scan(nested(MAXIMUM_DEPTH)).problem).toBeUndefined();
    expect(scan(nested(MAXIMUM_DEPTH + 1)).problem).toBe("TooDeep");
    expect(scan('{"a":'.repeat(MAXIMUM_DEPTH + 1)).problem).toBe("TooDeep");
  });

  test.each([
    ["123456789012345", false],
    ["1234567890123456789", true],
    ["200.00000000000000000001", true],
    ["1e999", true],
    ["1e+308", false],
    ["0.1", false],
  ])("the number %s loses its written value as a double: %s", (text, long) => {
    const scanner = new JsonScanner(Buffer.from(text));
    scanner.skip();
    expect(scanner.longNumber !== undefined).toBe(long);
  });
});

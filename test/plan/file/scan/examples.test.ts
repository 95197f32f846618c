import fc from "fast-check";
import { JsonScanner, MAXIMUM_DEPTH } from "../../../../src/plan/file/scan/json-scanner";
import { ScanError } from "../../../../src/plan/file/scan/scan-error";

interface Scanned {
  readonly end?: number;
  readonly problem?: string;
  readonly at?: number;
  readonly longNumber?: number | undefined;
}

function scan(text: string, depth: number): Scanned {
  const scanner = new JsonScanner(Buffer.from(text), 0, depth);
  try {
    scanner.skip();
    return { end: scanner.position, longNumber: scanner.longNumber };
  } catch (thrown) {
    if (!(thrown instanceof ScanError)) throw thrown;
    return { problem: thrown.problem, at: thrown.position };
  }
}

/** Items of a list that does not begin with an object are read one by one; all else is the same. */
function scanBoth(items: readonly string[], depth = 0): { readonly alike: Scanned; readonly single: Scanned } {
  return { alike: scan(`[   ${items.join(",")}]`, depth), single: scan(`[ 0,${items.join(",")}]`, depth) };
}

const PADDING = "x".repeat(150);
const item = (more: string): string => `{"name":"${PADDING}",${more}}`;

describe("what is like an example is proven as if there were none", () => {
  test.each([
    ["a text", ['"a":"b"', '"a":"c"', '"a":"longer"', '"a":""']],
    ["a number", ['"a":1', '"a":12', '"a":-0.5e7', '"a":1']],
    ["a word", ['"a":true', '"a":null', '"a":false']],
    ["a word for a number", ['"a":true', '"a":12']],
    ["a text for a number", ['"a":1', '"a":"1"', '"a":1']],
    ["an object for a text", ['"a":"b"', '"a":{}', '"a":[]']],
    ["a text with escapes", ['"a":"b"', '"a":"\\"}\\u0041"', '"a":"\\\\"']],
    ["white space", ['"a":1', '"a": 1', '"a":1 ', '"a":1']],
    ["another key", ['"a":1', '"b":1', '"a":2']],
    ["another member", ['"a":1', '"a":1,"b":2', '"a":2']],
    ["a number that not all readers read alike", ['"a":1', '"a":12345678901234567890', '"a":1']],
    ["such a number first", ['"a":12345678901234567890', '"a":1', '"a":12345678901234567890']],
    [
      "many values",
      Array.from({ length: 40 }, (_, i) => `"a":[${Array.from({ length: 30 }, (__, k) => i * k).join()}]`),
    ],
  ])("where they differ in %s", (_, members) => {
    const { alike, single } = scanBoth(members.map(item));
    expect(alike.problem).toBeUndefined();
    expect(alike).toEqual(single);
  });

  test.each([
    ["a word is misspelt", ['"a":true', '"a":truf']],
    ["a number has two points", ['"a":1', '"a":1.2.3']],
    ["a number begins with a zero", ['"a":1', '"a":01']],
    ["a text holds a line's end", ['"a":"b"', '"a":"\n"']],
    ["a text has an escape that is none", ['"a":"b"', '"a":"\\x"']],
    ["a text does not end", ['"a":"b"', '"a":"b']],
    ["a key comes twice", ['"a":1', '"name":1']],
    ["a key comes twice in another spelling", ['"a":1', '"\\u006eame":1']],
    ["a comma is missing", ['"a":1,"b":2', '"a":1 "b":2']],
    ["a value is missing", ['"a":1', '"a":']],
    ["the document ends within", ['"a":1,"b":{"c":1}', '"a":1,"b":{"c":1']],
  ])("and refused where it would be: %s", (_, members) => {
    const { alike, single } = scanBoth([...members, ...members].map(item));
    expect(alike.problem).toBeDefined();
    expect(alike).toEqual(single);
  });

  test("and counted as deep as it is", () => {
    const levels = (n: number): string => `"a":${"[".repeat(n)}${"]".repeat(n)}`;
    const all = [levels(10), levels(10), levels(11)].map(item);
    for (const depth of [MAXIMUM_DEPTH - 12, MAXIMUM_DEPTH - 13]) {
      const { alike, single } = scanBoth(all, depth);
      expect(alike).toEqual(single);
    }
    // The same objects, first in a list that is less deep.
    const nested = `[${item(levels(10))},${item(levels(10))},${item(`"b":[${item(levels(10))}]`)}]`;
    expect(scan(nested, MAXIMUM_DEPTH - 12).problem).toBe("TooDeep");
    expect(scan(nested, MAXIMUM_DEPTH - 14).problem).toBeUndefined();
  });

  test("whatever was changed in copies of an object", () => {
    const value = fc.object({
      maxDepth: 3,
      maxKeys: 4,
      values: [fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null)],
    });
    const character = fc.constantFrom(...'{}[]",:\\0123456789.eE+-truefalsn \n\t\u0001é');
    const edit = fc.tuple(fc.nat(), fc.constantFrom("in", "out", "other"), character);
    const copies = fc.array(fc.array(edit, { maxLength: 2 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, " "), copies, (object, space, all) => {
        const text = JSON.stringify({ name: PADDING, object }, null, space);
        const items = all.map((edits) => {
          let copy = text;
          for (const [n, how, by] of edits) {
            const at = PADDING.length + (n % (copy.length - PADDING.length + 1));
            copy = copy.slice(0, at) + (how === "out" ? "" : by) + copy.slice(how === "in" ? at : at + 1);
          }
          return copy;
        });
        const { alike, single } = scanBoth(items);
        expect(alike).toEqual(single);
      }),
      { numRuns: 2000 },
    );
  });
});

import fc from "fast-check";
import { decodeValue, encodeValue } from "../../../src/provider/values/msgpack";
import type { CtyType, Value } from "../../../src/provider/values/value";
import { UNKNOWN } from "../../../src/provider/values/value";

const hex = (type: CtyType, value: Value): string => Buffer.from(encodeValue(type, value)).toString("hex");

describe("values as msgpack", () => {
  it.each<[string, CtyType, Value, string]>([
    ["an unknown value is extension 0", "string", UNKNOWN, "d40000"],
    ["null", "string", null, "c0"],
    ["a whole number", "number", 5, "05"],
    ["a negative number", "number", -1, "ff"],
    ["a fraction", "number", 0.5, "cb3fe0000000000000"],
    ["a list", ["list", "bool"], [true, UNKNOWN], "92c3d40000"],
    ["an object with a missing field", ["object", { a: "string", b: "number" }], { a: "x" }, "82a161a178a162c0"],
  ])("writes %s", (_, type, value, text) => {
    expect(hex(type, value)).toBe(text);
  });

  it.each<[string, CtyType, string, Value]>([
    ["unknown with any payload", "string", "d40000", UNKNOWN],
    ["unknown with refinements", "string", "c7020c8101", UNKNOWN],
    ["a number encoded as a string", "number", "a33132 33".replace(" ", ""), 123],
    ["a number too large for a double, as a string", "number", "cf7fffffffffffffff", "9223372036854775807"],
    ["a 64-bit number that fits", "number", "cf0000000100000000", 4294967296],
    ["a value with its type", "dynamic", "92c40822737472696e6722a178", "x"],
    ["an empty message", "string", "", null],
  ])("reads %s", (_, type, text, value) => {
    expect(decodeValue(type, Buffer.from(text, "hex"))).toEqual(value);
  });

  it("reads what it writes, for any type and any value of it", () => {
    const typed = fc.letrec<{ any: [CtyType, fc.Arbitrary<Value>] }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constant<[CtyType, fc.Arbitrary<Value>]>([
          "string",
          fc.oneof(fc.string(), fc.constant(null), fc.constant(UNKNOWN)),
        ]),
        fc.constant<[CtyType, fc.Arbitrary<Value>]>([
          "number",
          fc.oneof(
            fc.maxSafeInteger(),
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one || 0),
          ),
        ]),
        fc.constant<[CtyType, fc.Arbitrary<Value>]>(["bool", fc.boolean()]),
        tie("any").map(([type, value]): [CtyType, fc.Arbitrary<Value>] => [
          ["list", type],
          fc.array(value, { maxLength: 3 }),
        ]),
        tie("any").map(([type, value]): [CtyType, fc.Arbitrary<Value>] => [
          ["map", type],
          fc.dictionary(fc.stringMatching(/^[a-z]+$/), value, { maxKeys: 3, noNullPrototype: true }),
        ]),
        fc
          .tuple(tie("any"), tie("any"))
          .map(([a, b]): [CtyType, fc.Arbitrary<Value>] => [
            ["object", { a: a[0], b: b[0] }],
            fc.record({ a: a[1], b: b[1] }),
          ]),
      ),
    })).any;
    fc.assert(
      fc.property(
        typed.chain(([type, value]) => fc.tuple(fc.constant(type), value)),
        ([type, value]) => {
          expect(decodeValue(type, encodeValue(type, value))).toEqual(value);
        },
      ),
    );
  });
});

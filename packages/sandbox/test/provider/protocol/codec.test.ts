import fc from "fast-check";
import type { MessageShape } from "../../../src/provider/protocol/codec";
import { decodeMessage, encodeMessage } from "../../../src/provider/protocol/codec";
import { METHODS } from "../../../src/provider/protocol/messages";
import { readFields } from "../../../src/provider/protocol/wire";

const INNER: MessageShape = { fields: { 1: { name: "text", kind: "string" }, 3: { name: "number", kind: "int" } } };
const OUTER: MessageShape = {
  fields: {
    1: { name: "name", kind: "string" },
    2: { name: "data", kind: "bytes" },
    3: { name: "flag", kind: "bool" },
    4: { name: "one", kind: INNER },
    16: { name: "many", kind: INNER, repeated: true },
    17: { name: "by", kind: { map: "string" } },
  },
};

describe("the wire format", () => {
  it.each([
    // Worked out by hand from the encoding rules.
    ["a text", INNER, { text: "hi" }, "0a026869"],
    ["a number of two bytes", INNER, { number: 300 }, "18ac02"],
    ["a negative number, always ten bytes", INNER, { number: -1 }, "18ffffffffffffffffff01"],
    ["nothing for defaults", OUTER, { name: "", flag: false, data: new Uint8Array() }, ""],
    ["a nested message, even an empty one", OUTER, { one: {} }, "2200"],
    ["a field number above 15", OUTER, { many: [{ text: "a" }] }, "8201030a0161"],
    ["a map as entries of key and value", OUTER, { by: { k: "v" } }, "8a01060a016b120176"],
  ])("writes %s", (_, shape, message, hex) => {
    expect(encodeMessage(shape, message).toString("hex")).toBe(hex);
  });

  it("reads what it writes, whatever it is", () => {
    const inner = fc.record({ text: fc.string(), number: fc.maxSafeInteger() });
    const outer = fc.record({
      name: fc.string(),
      data: fc.uint8Array(),
      flag: fc.boolean(),
      one: inner,
      many: fc.array(inner),
      by: fc.dictionary(fc.stringMatching(/^[a-z_.]*[a-z]$/), fc.string(), { noNullPrototype: true }),
    });
    fc.assert(
      fc.property(outer, (message) => {
        expect(decodeMessage(OUTER, encodeMessage(OUTER, message))).toEqual(message);
      }),
    );
  });

  it("passes over fields that it does not know, of every kind", () => {
    // Field 9 as number, as eight bytes, as text, as four bytes; then the text that is known.
    const bytes = Buffer.from("4801" + "490000000000000000" + "4a0161" + "4d00000000" + "0a026869", "hex");
    expect(decodeMessage(INNER, bytes)).toEqual({ text: "hi", number: 0 });
  });

  it.each([
    ["inside a field", "0a0568"],
    ["inside a number", "18ff"],
    ["with a number that never ends", "18" + "ff".repeat(11)],
    ["with an unknown kind of field", "0b"],
  ])("refuses a message that is broken %s", (_, hex) => {
    expect(() => [...readFields(Buffer.from(hex, "hex"))]).toThrow(RangeError);
  });

  it("writes the step 0 of a path, which is no default", () => {
    const { response } = METHODS.ValidateResourceTypeConfig;
    const attribute = { steps: [{ attributeName: "a" }, { elementKeyInt: 0 }] };
    const bytes = encodeMessage(response, { diagnostics: [{ severity: 1, summary: "s", attribute }] });
    expect(bytes.toString("hex")).toBe("0a10" + "0801" + "120173" + "2209" + "0a030a0161" + "0a021800");
  });
});

import fc from "fast-check";
import { columnsOf, wrap } from "../../src/core/wrap";

const words = fc.array(fc.stringMatching(/^[a-z`.]{1,30}$/), { minLength: 1, maxLength: 40 });

describe("wrapping", () => {
  it("breaks at spaces, and indents the first line and the others separately", () => {
    expect(wrap("one two three four five", 12, 2, 4)).toEqual(["  one two", "    three", "    four", "    five"]);
  });

  it("keeps a word that is too long in one piece, alone on its line", () => {
    expect(wrap("a module.very.long.address b", 10, 1)).toEqual([" a", " module.very.long.address", " b"]);
  });

  it("keeps runs of spaces, because a value may hold them", () => {
    expect(wrap("got `a  b`", 40)).toEqual(["got `a  b`"]);
  });

  it("gives no lines for empty text", () => {
    expect(wrap("", 80)).toEqual([]);
  });

  it("never exceeds the width unless a line is one word, and loses no word", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 100 }), fc.integer({ min: 0, max: 8 }), (list, width, indent) => {
        const lines = wrap(list.join(" "), width, indent, indent + 2);
        for (const line of lines) if (line.trim().includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join(" ").split(/\s+/).filter(Boolean)).toEqual(list);
      }),
    );
  });

  it("breaks ASCII text as it breaks any text", () => {
    // A word of the same width that is not ASCII takes the longer way.
    const texts = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,12}$/), fc.integer({ min: 1, max: 3 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 6 }), (parts, width, indent) => {
        const plain = parts.map(([word, spaces]) => word + " ".repeat(spaces)).join("");
        const other = plain.replace(/[a-z]/g, "é");
        expect(wrap(plain, width, indent, 3).map((line) => line.replace(/[a-z]/g, "é"))).toEqual(
          wrap(other, width, indent, 3),
        );
      }),
    );
  });

  it.each([
    ["plain", 5],
    ["日本", 4],
    ["e\u0301a", 2],
    ["🚀x", 3],
    ["한", 2],
  ])("counts %s as %d columns", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

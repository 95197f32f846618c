import fc from "fast-check";
import { visible, visibleJson } from "../../src/report/visible";

/** By hand, apart from the code: everything a terminal obeys, hides, or turns around. */

const DANGEROUS = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;

describe("a text made visible", () => {
  it.each([
    ["is unchanged when it is plain", 'module.a["ß 中 é"]: 1.5 %', 'module.a["ß 中 é"]: 1.5 %'],
    ["shows escape sequences instead of passing them on", "\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
    ["shows C1 controls", "\u009b2J", "\\u009b2J"],
    ["stays on one line", "a\nb\r\nc\td", "a\\nb\\r\\nc\\td"],
    ["shows characters that change the text direction", "\u202egnp.exe", "\\u202egnp.exe"],
    ["shows characters without width", "ap\u200b-\ufeffsouth\u00ad", "ap\\u200b-\\ufeffsouth\\u00ad"],
    ["shows spaces other than U+0020", "a\u00a0b\u3000", "a\\u00a0b\\u3000"],
    ["shows line separators", "a\u2028b", "a\\u2028b"],
    ["shows tag characters, lone surrogates and non-characters", "\u{e0041}\ud800\ufffe", "\\u{e0041}\\ud800\\ufffe"],
    ["shows invisible fillers", "\u3164\u2800\u115f", "\\u3164\\u2800\\u115f"],
    ["breaks a build server's command at the start", "::error::x", ":\\u003aerror::x"],
    ["breaks a build server's command after a space", "a ::set-env name=x::y", "a :\\u003aset-env name=x::y"],
    ["leaves colons inside a word alone", "a::b", "a::b"],
    ["breaks commands in the older syntax", "x ##[error]y ##vso[a]z", "x #\\u0023[error]y #\\u0023vso[a]z"],
    ["leaves other hashes alone", "## title, #1", "## title, #1"],
  ])("%s", (_what, given, wanted) => {
    expect(visible(given)).toBe(wanted);
  });

  it("contains nothing dangerous for any input, and is not changed by a second pass", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(DANGEROUS);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe("JSON made visible", () => {
  it("is written with equivalent escapes", () => {
    expect(visibleJson({ a: "\u009b\u202e##[x]" })).toBe('{\n  "a": "\\u009b\\u202e#\\u0023[x]"\n}\n');
  });

  it("parses to the same document and contains nothing dangerous except its own line breaks", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })), (value) => {
        const text = visibleJson(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(text.replace(/\n/g, "")).not.toMatch(DANGEROUS);
      }),
    );
  });
});

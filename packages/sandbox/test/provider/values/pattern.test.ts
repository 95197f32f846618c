import { patternOf } from "../../../src/provider/values/pattern";

it.each([
  ["^ubuntu", "ubuntu_22_04", true],
  ["^ubuntu", "Ubuntu", false],
  ["(?i)^ubuntu", "Ubuntu", true],
  ["(?is)a.b", "A\nB", true],
  ["^(?P<name>web)-[0-9]+$", "web-12", true],
  ["\\Aweb\\z", "web", true],
  ["\\Aweb\\z", "my web", false],
])("takes the pattern %s of Go: %j matches: %s", (pattern, text, expected) => {
  expect(patternOf(pattern).test(text)).toBe(expected);
});

it("refuses what is no pattern", () => {
  expect(() => patternOf("(")).toThrow(SyntaxError);
});

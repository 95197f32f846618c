import { patternOf } from "../../../src/provider/values/pattern";

it.each([
  ["^ubuntu", "ubuntu_22_04", true],
  ["^ubuntu", "Ubuntu", false],
  ["(?i)^ubuntu", "Ubuntu", true],
  ["(?is)a.b", "A\nB", true],
  ["^(?P<name>web)-[0-9]+$", "web-12", true],
  ["\\Aweb\\z", "web", true],
  ["\\Aweb\\z", "my web", false],
])("the Go pattern %s is supported: %j matches: %s", (pattern, text, expected) => {
  expect(patternOf(pattern).test(text)).toBe(expected);
});

it("an invalid pattern is refused", () => {
  expect(() => patternOf("(")).toThrow(SyntaxError);
});

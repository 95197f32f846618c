import { anchorsOf, linksOf } from "../../../tools/ci/markdown";

describe("links in Markdown", () => {
  it.each([
    ["an inline link", "see [this](docs/a.md) there", ["docs/a.md"]],
    ["two in one line", "[a](a.md) and [b](b.md#c)", ["a.md", "b.md#c"]],
    ["an image in a link", "[![alt](a.png)](b.md)", ["a.png", "b.md"]],
    ["a title", '[a](a.md "A title")', ["a.md"]],
    ["angle brackets", "[a](<a.md>)", ["a.md"]],
    ["a reference", "[a]: a.md", ["a.md"]],
    ["none in a code span", "write `[a](a.md)` so", []],
    ["none in a code block", "```md\n[a](a.md)\n```", []],
    ["none in a longer fence that shows a shorter one", "````\n```\n[a](a.md)\n```\n````", []],
    ["one after a code block", "```\n```\n[a](a.md)", ["a.md"]],
    ["none in brackets without a target", "[ ] to do (soon)", []],
  ])("are found: %s", (_title, text, targets) => {
    expect(linksOf(text).map(({ target }) => target)).toEqual(targets);
  });

  it("have line numbers that start at one", () => {
    expect(linksOf("\n\n[a](a.md)")).toEqual([{ target: "a.md", line: 3 }]);
  });
});

describe("anchors of headings", () => {
  it.each([
    ["## With a real account", "with-a-real-account"],
    ["# `anycast.yaml`", "anycastyaml"],
    ["### --live", "--live"],
    ["## Check, then apply", "check-then-apply"],
    ["## [Linked](a.md) title", "linked-title"],
    ["## Grüße", "grüße"],
    ["## Closed ##", "closed"],
  ])("are right for %s", (heading, anchor) => {
    expect([...anchorsOf(heading)]).toEqual([anchor]);
  });

  it("are numbered for headings of the same text", () => {
    expect([...anchorsOf("# A\n## A\n## A")]).toEqual(["a", "a-1", "a-2"]);
  });

  it("ignore comments in shell examples", () => {
    expect([...anchorsOf("```sh\n# not a heading\n```\n# One")]).toEqual(["one"]);
  });
});

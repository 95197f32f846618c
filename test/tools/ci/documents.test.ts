import { allowedBy, importProblems, layoutOf, pathProblems } from "../../../tools/ci/architecture";
import { benchmarkProblems } from "../../../tools/ci/benchmarks";

const PAGE = "| `src/core` | errors | |\n| `src/plan` | reads `src/core/a.ts` | core |\n";
const ZONES = [{ target: "./src/core", from: "./src/plan" }];

describe("the guard of the architecture page", () => {
  test("accepts a page with the imports that ESLint allows", () => {
    expect(importProblems(layoutOf(PAGE), allowedBy(ZONES, ["core", "plan"]))).toEqual([]);
  });

  test.each([
    [
      "an import that ESLint does not allow",
      [...ZONES, { target: "./src/plan", from: "./src/core" }],
      ["core", "plan"],
      "src/plan",
    ],
    ["a missing import that ESLint allows", [], ["core", "plan"], "src/core"],
    [
      "a directory without a row",
      [
        { target: "./src/core", from: ["./src/plan", "./src/new"] },
        { target: "./src/plan", from: "./src/new" },
        { target: "./src/new", from: ["./src/core", "./src/plan"] },
      ],
      ["core", "plan", "new"],
      "src/new",
    ],
    ["a row without a directory", [], ["core"], "src/plan"],
  ])("reports %s", (_, zones, directories, named) => {
    expect(importProblems(layoutOf(PAGE), allowedBy(zones, directories))).toEqual([expect.stringContaining(named)]);
  });

  test("reports a path that is not in the tree, but no pattern", () => {
    const page = "`src/core/a.ts`, `src/core`, `src/gone`, `policies/rules/CATEGORY/RULE`";
    expect(pathProblems(page, ["src/core/a.ts"])).toEqual([expect.stringContaining("`src/gone`")]);
  });
});

describe("the guard of the benchmarks page", () => {
  const RESULT = "| size | time |\n| ---: | ---: |\n| 100 | 1 s |\n";

  test("accepts tables that differ in their padding", () => {
    expect(benchmarkProblems("Text.\n\n|  size | time |\n| ----: | ---: |\n|   100 |  1 s |\n", [RESULT])).toEqual([]);
  });

  test("reports a result that the page leaves out, and a number that was not measured", () => {
    expect(benchmarkProblems("| size | time |\n| ---: | ---: |\n| 100 | 0.5 s |\n", [RESULT])).toEqual([
      expect.stringContaining("`100 | 1 s`"),
      expect.stringContaining("`100 | 0.5 s`"),
    ]);
  });
});

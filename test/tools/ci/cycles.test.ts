import { cycles } from "../../../tools/ci/cycles";

describe("the guard against circular imports", () => {
  test.each([
    ["a chain", { a: ["b"], b: ["c"], c: [] }, []],
    ["two paths to one file", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
    ["two files", { a: ["b"], b: ["a"] }, [["a", "b"]]],
    ["a cycle after a chain", { a: ["b"], b: ["c"], c: ["d"], d: ["b"] }, [["b", "c", "d"]]],
    [
      "two separate cycles",
      { a: ["b"], b: ["a", "c"], c: ["d"], d: ["c"] },
      [
        ["c", "d"],
        ["a", "b"],
      ],
    ],
  ])("finds those of %s", (_, imports, expected) => {
    expect(cycles(new Map(Object.entries<string[]>(imports)))).toEqual(expected);
  });
});

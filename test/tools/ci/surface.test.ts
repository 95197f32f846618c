import { surfaceProblems } from "../../../tools/ci/surface";

const ALLOWED = new Set(["README.md", "src"]);

describe("the guard of the root directory", () => {
  test("accepts what the list names, however deep", () => {
    expect(surfaceProblems(["README.md", "src/a.ts", "src/b/c.ts"], ALLOWED)).toEqual([]);
  });

  test.each(["p100.new.out", "scratch/a.txt", ".env"])("names %s, which is not on the list", (path) => {
    expect(surfaceProblems(["README.md", "src/a.ts", path], ALLOWED)).toEqual([
      expect.stringContaining(`${String(path.split("/")[0])} does not belong at the root`),
    ]);
  });

  test("names an entry of the list that is no longer there", () => {
    expect(surfaceProblems(["README.md"], ALLOWED)).toEqual([expect.stringContaining("src is missing at the root")]);
  });
});

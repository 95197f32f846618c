import { surfaceProblems } from "../../../tools/ci/surface";

const ALLOWED = new Set(["README.md", "src"]);

describe("the guard of the root directory", () => {
  test("accepts what is on the list, at any depth", () => {
    expect(surfaceProblems(["README.md", "src/a.ts", "src/b/c.ts"], ALLOWED)).toEqual([]);
  });

  test.each(["p100.new.out", "scratch/a.txt", ".env"])("reports %s, which is not on the list", (path) => {
    expect(surfaceProblems(["README.md", "src/a.ts", path], ALLOWED)).toEqual([
      expect.stringContaining(`${String(path.split("/")[0])} does not belong at the root`),
    ]);
  });

  test("reports a listed entry that no longer exists", () => {
    expect(surfaceProblems(["README.md"], ALLOWED)).toEqual([expect.stringContaining("src is missing at the root")]);
  });
});

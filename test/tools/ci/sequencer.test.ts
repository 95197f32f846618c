import { existsSync } from "node:fs";
import { join } from "node:path";

interface Listed {
  readonly path: string;
  readonly context: {
    readonly config: { readonly displayName: { readonly name: string }; readonly cache: false };
    readonly hasteFS: { getSize(): number };
  };
}
interface Sequencer {
  sort(tests: readonly Listed[]): readonly Listed[];
}
const Sequencer = jest.requireActual<{ new (): Sequencer; readonly LONGEST: readonly string[] }>("../../sequencer.js");

const ROOT = join(__dirname, "../../..");
const file = (name: string, project: string): Listed => ({
  path: join(ROOT, name),
  context: { config: { displayName: { name: project }, cache: false }, hasteFS: { getSize: () => 1 } },
});

test("files that are named as the longest are there", () => {
  expect(Sequencer.LONGEST.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
});

test("unit tests run first, and of each project the longest files", () => {
  const given = [
    file("test/e2e/check.test.ts", "e2e"),
    file("test/e2e/recover.test.ts", "e2e"),
    file("test/core/day.test.ts", "unit"),
    file("test/browser/sandbox-ui.test.ts", "browser"),
    file("test/verify/rates.test.ts", "unit"),
  ];
  const sorted = new Sequencer().sort(given).map(({ path }) => path.slice(ROOT.length + 1));
  expect(sorted.slice(0, 3)).toEqual([
    "test/verify/rates.test.ts",
    "test/core/day.test.ts",
    "test/e2e/recover.test.ts",
  ]);
  expect(sorted.slice(3).sort()).toEqual(["test/browser/sandbox-ui.test.ts", "test/e2e/check.test.ts"]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATORS } from "../../tools/generate";

test("npm run generate regenerates every file that .ci/run compares with its sources", () => {
  const root = join(__dirname, "../..");
  const sections = readFileSync(join(root, ".ci/sections.sh"), "utf8");
  const compared = [...sections.matchAll(/ (tools\/\S+\.ts) --check/g)].map(([, path]) => path!);
  expect(compared.length).toBeGreaterThan(4);
  expect([...GENERATORS].sort()).toEqual(compared.sort());
});

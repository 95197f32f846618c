import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FORMATS } from "../../../src/report";

const ROOT = join(__dirname, "../../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const PAGE = read("docs/architecture.md");
const ROWS = [...PAGE.matchAll(/^\| ([a-z][^|]*?) +\| `([^`|]+)` +\| `([^|]+)` +\|$/gm)].map(
  ([, what = "", where = "", example = ""]) => [what, where, example] as const,
);

describe("the page that says where things are", () => {
  test("lists what a newcomer looks for", () => {
    const asked = ["a rule,", "a rule's message", "a report format", "an API action", "an option", "the name pattern"];
    for (const one of [...asked, "a construct's property", "a verb", "a setting", "an error message"])
      expect(ROWS.some(([what]) => what.startsWith(one))).toBe(true);
  });

  test.each(ROWS)("%s: %s holds `%s`", (_what, where, example) => {
    expect(read(where)).toContain(example);
  });

  test("is right that every format has a file or directory of its name", () => {
    const missing = FORMATS.filter(
      (name) => !["", ".ts"].some((end) => existsSync(join(ROOT, "src/report", name + end))),
    );
    expect(missing).toEqual([]);
  });

  test("is right that every rule is in the directory of its id", () => {
    const rules = readdirSync(join(ROOT, "policies/rules"), { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".rego") && !path.endsWith("_test.rego"),
    );
    expect(rules.length).toBeGreaterThan(15);
    for (const path of rules) {
      const id = path.split("/").slice(0, 2).join("/");
      expect([path, read(`policies/rules/${path}`)]).toEqual([path, expect.stringContaining(`id: ${id}\n`)]);
    }
  });

  test("is right that the pattern of names is in one source file and the facts", () => {
    const { anycast } = JSON.parse(read("policies/data/anycast_address.json")) as {
      anycast: { address: { name: { pattern: string } } };
    };
    const files = ["src", "stacks", "policies/data"].flatMap((directory) =>
      readdirSync(join(ROOT, directory), { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(ts|json)$/.test(name))
        .map((name) => `${directory}/${name}`),
    );
    expect(files.filter((path) => read(path).includes(anycast.address.name.pattern))).toEqual([
      "policies/data/anycast_address.json",
    ]);
  });
});

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findOpa } from "../../tools/policies/opa";
import { needsOpa, pageCommands } from "../e2e/support/page-commands";

const ROOT = join(__dirname, "..", "..");
const COMMANDS = [...pageCommands()].filter(([command]) => needsOpa(command)).map(([command, at]) => [at, command]);

/** The first snippet of a language on a page. */
function snippet(page: string, language: string): string {
  const [, text] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(readFileSync(join(ROOT, page), "utf8"))!;
  return text!;
}

describe("the commands of the pages that need OPA", () => {
  const place = mkdtempSync(join(tmpdir(), "anycast-opa-pages-"));
  beforeAll(() => {
    cpSync(join(ROOT, "policies"), join(place, "policies"), { recursive: true });
    cpSync(join(ROOT, "test/fixtures/plans/internet-facing.json"), join(place, "plan.json"));
    writeFileSync(join(place, "settings.json"), snippet("docs/standalone.md", "json"));
    mkdirSync(join(place, "own"));
    writeFileSync(join(place, "own", "tags.rego"), snippet("docs/custom-rules.md", "rego"));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it("are found", () => expect(COMMANDS.length).toBeGreaterThan(4));

  it.each(COMMANDS)("%s: %s", (_at, command) => {
    const npx = 'npx() { shift; node "$ROOT/bin/anycast" "$@"; }';
    const PATH = `${dirname(findOpa())}${delimiter}${process.env.PATH}`;
    // A plan that is refused: 1, where the command tells by its exit code.
    const line = `${npx}; { ${command!}; } 2>&1; echo "exit code $?"`;
    const said = execFileSync("/bin/sh", ["-c", line], {
      cwd: place,
      encoding: "utf8",
      env: { ...process.env, PATH, ROOT },
    });
    if (command!.startsWith("opa build")) expect(said).toBe("exit code 0\n");
    else if (command!.startsWith("opa eval")) expect(said).toMatch(/binding\/internal-only[^]*exit code [01]\n$/);
    else expect(said).toMatch(/denied: acme\/owner-tag[^]*exit code 1\n$/);
  });
});

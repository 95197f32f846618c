/**
 * Publishes what the code says about formats and coverage: docs/schemas/anycast.schema.json and settings.schema.json for
 * editors, and the tables in docs/sandbox.md. `--check` compares instead of writing.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { writeFileAtomic } from "../../src/core/atomic-file";
import { configSchema } from "../../src/check/config";
import { listRules } from "../../src/check/rules";
import { SETTINGS_SCHEMA } from "../../stacks/settings";
import { withCoverage } from "./coverage";
import { withoutOwnKeywords } from "./own-keywords";

const ROOT = join(__dirname, "..", "..");

async function pages(): Promise<Map<string, string>> {
  const rules = listRules();
  const config = configSchema(
    rules.map((rule) => rule.id),
    rules.filter((rule) => rule.locked).map((rule) => rule.id),
  );
  const json = (schema: unknown): Promise<string> =>
    format(JSON.stringify(schema), { parser: "json", printWidth: 120 });
  const sandbox = "docs/sandbox.md";
  return new Map([
    ["docs/schemas/anycast.schema.json", await json(withoutOwnKeywords(config))],
    ["docs/schemas/settings.schema.json", await json(SETTINGS_SCHEMA)],
    [
      sandbox,
      await format(withCoverage(readFileSync(join(ROOT, sandbox), "utf8")), { parser: "markdown", printWidth: 120 }),
    ],
  ]);
}

async function main(check: boolean): Promise<void> {
  for (const [path, text] of await pages()) {
    const file = join(ROOT, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    if (check) {
      console.error(
        `Expected ${path} to be what the code says, but it differs. Fix: node --conditions=anycast-source --import tsx tools/docs-schemas/main.ts, and commit.`,
      );
      process.exitCode = 1;
    } else {
      writeFileAtomic(file, text, 0o644);
      console.error(`${path}: written`);
    }
  }
}

void main(parseArgs({ options: { check: { type: "boolean", default: false } } }).values.check);

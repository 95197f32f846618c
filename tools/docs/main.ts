/**
 * Makes the generated pages: docs/rules/**, docs/messages.md, docs/cli.md, and the examples in docs/verify.md.
 * `--check` compares instead of writing and exits 1 when the committed pages are not what the sources say.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { messageOf } from "../../src/core/errors";
import { cliPage } from "./cli-page";
import { messagesPage } from "./messages-page";
import { differences, stalePages, writePages } from "./pages";
import { rulePages } from "./rule-pages";
import { verifyPage } from "./verify-page";

const ROOT = join(__dirname, "..", "..");

async function main(check: boolean): Promise<number> {
  const pages = new Map([
    ...rulePages(ROOT),
    ["docs/messages.md", messagesPage(ROOT)],
    ["docs/cli.md", await cliPage()],
    ["docs/verify.md", await verifyPage(ROOT)],
  ]);
  const stale = stalePages(ROOT, pages);
  if (check) {
    const differing = [...differences(ROOT, pages), ...stale];
    for (const path of differing) {
      process.stderr.write(
        `Expected ${path} to be what the sources say, but it differs. Fix: node --import tsx tools/docs/main.ts, and commit.\n`,
      );
    }
    process.stderr.write(`docs: ${differing.length === 0 ? "up to date" : `${differing.length} pages differ`}\n`);
    return differing.length === 0 ? 0 : 1;
  }
  const written = writePages(ROOT, pages);
  for (const path of stale) rmSync(join(ROOT, path));
  process.stderr.write(`docs: ${written} pages written, ${stale.length} removed\n`);
  return 0;
}

main(parseArgs({ options: { check: { type: "boolean", default: false } } }).values.check).then(
  (code) => void (process.exitCode = code),
  (thrown: unknown) => {
    process.stderr.write(`docs: ${messageOf(thrown)}\n`);
    process.exitCode = 2;
  },
);

"use strict";
/*
 * Writes into what is published where its repository is: node tools/release/main.cjs OWNER/NAME [REF]
 *
 * Nobody knows in this tree who owns the repository; the name OWNER stands for it. The workflow that publishes knows
 * (GITHUB_REPOSITORY). REF, a commit, takes the place of SHA in the examples of workflows, and in package.json, from which
 * `anycast init` knows which workflows to call. `--check` refuses to publish what nobody has named.
 */
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.join(__dirname, "..", "..");
const PLACEHOLDER = "OWNER/cdktf-alicloud-anycast";
const FILES = [
  "package.json",
  "packages/sandbox/package.json",
  "packages/provider-alicloud/package.json",
  "README.md",
  "packages/sandbox/README.md",
];

/** @param {string} text @param {string} repository @param {string | undefined} ref */
function named(text, repository, ref) {
  const whole = text.replaceAll(PLACEHOLDER, repository);
  return ref === undefined ? whole : whole.replace(/(uses: \S+|"workflows": "\S+)@SHA\b/g, `$1@${ref}`);
}

function main([first, ref]) {
  const there = FILES.map((name) => path.join(ROOT, name)).filter((file) => fs.existsSync(file));
  if (first === "--check") {
    if (!fs.readFileSync(path.join(ROOT, "package.json"), "utf8").includes(PLACEHOLDER)) return 0;
    console.error(
      `package.json does not say yet whose repository this is. Nothing is published. Fix: let the workflow release.yml publish, or run node tools/release/main.cjs OWNER/NAME first.`,
    );
    return 2;
  }
  if (first === undefined || !/^[\w.-]+\/[\w.-]+$/.test(first)) {
    console.error(
      `Expected the repository to be OWNER/NAME, got \`${String(first)}\`. Fix: node tools/release/main.cjs OWNER/NAME`,
    );
    return 2;
  }
  for (const file of there) fs.writeFileSync(file, named(fs.readFileSync(file, "utf8"), first, ref));
  return 0;
}

module.exports = { named };
if (require.main === module) process.exitCode = main(process.argv.slice(2));

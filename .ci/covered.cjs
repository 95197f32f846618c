"use strict";
/* Names the lines that `opa test --coverage` found uncovered, and exits 1 when there are any: node covered.cjs COVERAGE_JSON. */
const fs = require("node:fs");
const { files } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const uncovered = Object.entries(files).flatMap(([file, { not_covered: lines = [] }]) =>
  lines.map(({ start, end }) => `policies/${file}:${start.row}-${end.row} is not covered`),
);
for (const line of uncovered) process.stdout.write(`${line}\n`);
process.exitCode = uncovered.length === 0 && Object.keys(files).length > 0 ? 0 : 1;

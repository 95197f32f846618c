"use strict";
/* Names the lines that `opa test --coverage` found uncovered: node uncovered.cjs COVERAGE_JSON. */
const fs = require("node:fs");
const text = fs.readFileSync(process.argv[2], "utf8");
if (text.startsWith("{")) {
  for (const [file, { not_covered: lines = [] }] of Object.entries(JSON.parse(text).files)) {
    for (const { start, end } of lines)
      process.stdout.write(`policies/${file}:${start.row}-${end.row} is not covered\n`);
  }
} else process.stdout.write(text);

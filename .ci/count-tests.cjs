"use strict";
/*
 * Prints `PASSED FAILED` of a jest run: node count-tests.cjs RESULT_JSON EXIT_CODE.
 * A suite that could not run, a test that was skipped and an exit code without a failed test each count as failed:
 * what was not seen to pass did not.
 */
const fs = require("node:fs");
const [file, exitCode] = process.argv.slice(2);

function count() {
  let result;
  try {
    result = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return [0, 1];
  }
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests } = result;
  const failed = numFailedTests + numRuntimeErrorTestSuites + numPendingTests + numTodoTests;
  return [numPassedTests, failed === 0 && (exitCode !== "0" || numPassedTests === 0) ? 1 : failed];
}

const counts = count();
if (!counts.every(Number.isSafeInteger)) process.exit(1);
process.stdout.write(`${counts.join(" ")}\n`);

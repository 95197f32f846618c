import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "..", "..", "..", ".ci", "count-tests.cjs");
const place = mkdtempSync(join(tmpdir(), "count-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

function count(result: string | undefined, exitCode: string): string {
  const file = join(place, "jest.json");
  rmSync(file, { force: true });
  if (result !== undefined) writeFileSync(file, result);
  return spawnSync(process.execPath, [SCRIPT, file, exitCode], { encoding: "utf8" }).stdout.trim();
}

const numbers = (changed: object): string =>
  JSON.stringify({
    numPassedTests: 5,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    ...changed,
  });

describe("the count of passed and failed tests", () => {
  it.each([
    ["passed tests pass", numbers({}), "0", "5 0"],
    ["failed tests fail", numbers({ numFailedTests: 2 }), "1", "5 2"],
    ["a suite that could not run fails", numbers({ numRuntimeErrorTestSuites: 1 }), "1", "5 1"],
    ["skipped and planned tests fail", numbers({ numPendingTests: 2, numTodoTests: 1 }), "0", "5 3"],
    ["an exit code without a failed test fails", numbers({}), "1", "5 1"],
    ["a run without tests fails", numbers({ numPassedTests: 0 }), "0", "0 1"],
    ["no result fails", undefined, "0", "0 1"],
    ["a truncated result fails", numbers({}).slice(0, 20), "0", "0 1"],
    ["an invalid result counts nothing", "{}", "0", ""],
  ])("%s", (_title, result, exitCode, expected) => {
    expect(count(result, exitCode)).toBe(expected);
  });
});

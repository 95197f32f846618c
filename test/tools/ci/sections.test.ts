import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..", "..");
const place = mkdtempSync(join(tmpdir(), "sections-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Runs a piece of bash with the functions of .ci, and shows what it said and how it ended. */
function bash(lines: readonly string[]): { readonly said: string; readonly exitCode: number | null } {
  const script = ["set -uo pipefail", ". .ci/guards.sh", ". .ci/sections.sh", ...lines].join("\n");
  const { stdout, status } = spawnSync("bash", ["-c", script], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, TMPDIR: place },
  });
  return { said: stdout, exitCode: status };
}

/** `npm test` replaced by one that leaves a result with these numbers. */
const npmTestWith = (numbers: string): string =>
  `limited() { for arg in "$@"; do case $arg in --outputFile=*) echo '${numbers}' >"\${arg#*=}";; esac; done; }`;
const NUMBERS =
  '{"numPassedTests":5,"numFailedTests":0,"numRuntimeErrorTestSuites":0,"numPendingTests":0,"numTodoTests":0}';

describe("the last line of .ci/run", () => {
  test.each([
    ["two guards that pass", ["guard a true", "guard b true", "conclude"], "2 passed, 0 failed", 0],
    ["a guard that fails", ["guard a true", "guard b false", "conclude"], "1 passed, 1 failed", 1],
    ["no guard at all", ["conclude"], "0 passed, 0 failed", 1],
    ["tests, each counted", [npmTestWith(NUMBERS), "tests unit", "conclude"], "5 passed, 0 failed", 0],
    ["a run of tests that left nothing", ["limited() { true; }", "tests unit", "conclude"], "0 passed, 1 failed", 1],
  ])("counts %s", (_, lines, last, exitCode) => {
    const ended = bash(lines);
    expect(ended.said.trimEnd().split("\n").at(-1)).toBe(last);
    expect(ended.exitCode).toBe(exitCode);
  });
});

describe("the sections of .ci/run", () => {
  test("run every jest project once between them", () => {
    const { said } = bash([
      "guard() { :; }",
      "tests() { shift 2; printf '%s\\n' \"$@\"; }",
      "section_unit; section_policies; section_e2e",
    ]);
    expect(said.trim().split("\n").sort()).toEqual(["browser", "e2e", "opa", "unit"]);
  });

  test("hand a shard to the end-to-end tests alone", () => {
    const { said } = bash([
      "guard() { :; }",
      'tests() { printf "%s " "$@"; echo; }',
      "ANYCAST_SHARD=2/3; section_unit; section_e2e",
    ]);
    expect(said.split("\n")).toEqual([
      "unit --selectProjects unit ",
      "e2e --selectProjects e2e browser --shard=2/3 ",
      "",
    ]);
  });

  test("an unknown section is refused before anything runs", () => {
    const ended = spawnSync("bash", [".ci/run", "static", "everything"], { cwd: ROOT, encoding: "utf8" });
    expect(ended.stderr).toContain("got `everything`");
    expect(ended.status).toBe(2);
    expect(ended.stdout).toBe("");
  });
});

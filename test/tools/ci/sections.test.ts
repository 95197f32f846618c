import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
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
    [
      "guards that run two at a time",
      ["begin a true", "begin b false", "begin c true", "conclude"],
      "2 passed, 1 failed",
      1,
    ],
    ["a guard whose shell is killed", ["begin a bash -c 'kill -9 $PPID'", "tell", "conclude"], "0 passed, 1 failed", 1],
    ["tests, each counted", [npmTestWith(NUMBERS), "tests unit", "conclude"], "5 passed, 0 failed", 0],
    ["a run of tests that left nothing", ["limited() { true; }", "tests unit", "conclude"], "0 passed, 1 failed", 1],
  ])("counts %s", (_, lines, last, exitCode) => {
    const ended = bash(lines);
    expect(ended.said.trimEnd().split("\n").at(-1)).toBe(last);
    expect(ended.exitCode).toBe(exitCode);
  });
});

test("guards that run two at a time are shown in their order, with the output of failed ones", () => {
  const { said } = bash(["begin slow sleep 1", "begin bad bash -c 'echo why; exit 3'", "begin quick true", "conclude"]);
  expect(
    said
      .replace(/\(\d+ s\)/g, "(TIME)")
      .split("\n")
      .slice(0, 4),
  ).toEqual(["ok      slow (TIME)", "FAILED  bad (TIME)", "        why", "ok      quick (TIME)"]);
});

describe("the sections of .ci/run", () => {
  test("together run every jest project once", () => {
    const { said } = bash([
      "guard() { :; }",
      "tests() { shift 2; printf '%s\\n' \"$@\"; }",
      "section_unit; section_policies; section_e2e",
    ]);
    const projects = said
      .trim()
      .split("\n")
      .filter((word) => !word.startsWith("--"));
    expect(projects.sort()).toEqual(["browser", "e2e", "opa", "unit"]);
  });

  test("pass a shard to the end-to-end tests only", () => {
    const { said } = bash([
      "guard() { :; }",
      'tests() { printf "%s " "$@"; echo; }',
      "ANYCAST_SHARD=2/3; section_unit; section_e2e",
    ]);
    expect(said.split("\n")).toEqual([
      `unit --selectProjects unit --maxWorkers=${Math.ceil(1.5 * availableParallelism())} `,
      `e2e --selectProjects e2e browser --maxWorkers=${2 * availableParallelism()} --shard=2/3 `,
      "",
    ]);
  });

  test("refuse an unknown section before anything runs", () => {
    const ended = spawnSync("bash", [".ci/run", "static", "everything"], { cwd: ROOT, encoding: "utf8" });
    expect(ended.stderr).toContain("got `everything`");
    expect(ended.status).toBe(2);
    expect(ended.stdout).toBe("");
  });
});

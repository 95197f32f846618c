import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../src/core/process";
import { changedLines } from "../../../tools/record/changes";

jest.setTimeout(240_000);

const ROOT = join(__dirname, "../../..");
const FIXTURE = join(ROOT, "packages/sandbox/test/provider/fixtures/holes.json");
const NODE = ["--conditions=anycast-source", "--import", "tsx"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "provider-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The sandbox's provider, which plans as the released one does, in the place of a binary of that. */
function providerBinary(...args: readonly string[]): string {
  const path = join(folder, "provider");
  const command = [process.execPath, join(__dirname, "support/provider-process.cjs"), ...args];
  writeFileSync(
    path,
    `#!/bin/sh\nexport TMPDIR="${folder}"\ncd "${ROOT}" && exec ${command.map((part) => `"${part}"`).join(" ")}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

async function record(binary: string | undefined, ...args: readonly string[]): Promise<{ code: number; text: string }> {
  const env = { ...process.env, ANYCAST_REAL_PROVIDER: binary };
  const ended = await run(process.execPath, [...NODE, "tools/record/main.ts", ...args], { cwd: ROOT, env });
  return { code: ended.exitCode ?? -1, text: ended.stdout.toString() + ended.stderr.toString() };
}

test("plans are recorded by one command, and come out as they are from a provider that plans the same", async () => {
  const { code, text } = await record(providerBinary(), "--check", "holes");
  expect([code, text]).toEqual([0, "holes: as recorded\n"]);
});

test("what a new version changes is shown, and --check writes nothing", async () => {
  const before = readFileSync(FIXTURE);
  const { code, text } = await record(providerBinary("changed"), "--check", "holes");
  expect(code).toBe(1);
  expect(text).toMatch(
    /^- \[\] = \{"actions":\["delete","create"\],"replaced":\["\[\\"data_disks\\",0,\\"size\\"\]"\]/m,
  );
  expect(text).toMatch(/^\+ \[\] = \{"actions":\["update"\]/m);
  expect(text).toMatch(
    /^packages\/sandbox\/test\/provider\/fixtures\/holes\.json:\n([-+] .*\n)+holes: \d+ lines differ\n$/,
  );
  expect(readFileSync(FIXTURE).equals(before)).toBe(true);
});

test.each<[string, string | undefined, string[], RegExp]>([
  ["no binary", undefined, [], /^ANYCAST_REAL_PROVIDER must name a binary/],
  ["a binary that is not there", "/nowhere/provider", [], /^ANYCAST_REAL_PROVIDER must name a binary/],
  [
    "a recorder that there is not",
    process.execPath,
    ["none"],
    /^There is no recorder none\. Fix: name some of behaviour, /,
  ],
])("with %s nothing is recorded", async (_, binary, args, says) => {
  const { code, text } = await record(binary, ...args);
  expect([code, text]).toEqual([2, expect.stringMatching(says)]);
});

test("values that differ are shown with their path, elements of lists without their number", () => {
  const before = { a: { b: 1, c: [{ x: 1 }, { x: 2 }] }, gone: true };
  const after = { a: { b: 2, c: [{ x: 0 }, { x: 1 }, { x: 2 }] } };
  expect(changedLines(JSON.stringify(before), JSON.stringify(after))).toEqual([
    "- a.b = 1",
    "- gone = true",
    "+ a.b = 2",
    '+ a.c[] = {"x":0}',
  ]);
});

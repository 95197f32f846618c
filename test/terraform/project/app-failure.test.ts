import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../src/core/process";
import { appFailure } from "../../../src/terraform/project/app-failure";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "anycast app-")));
  symlinkSync(join(__dirname, "../../../node_modules"), join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Runs an app as cdktf's templates do and reads what it printed. */
async function failing(
  file: string,
  text: string,
  args: readonly string[] = [],
): Promise<ReturnType<typeof appFailure>> {
  mkdirSync(join(root, "stacks"), { recursive: true });
  writeFileSync(join(root, file), text);
  const { exitCode, stderr } = await run(process.execPath, [...args, file], { cwd: root });
  expect(exitCode).not.toBe(0);
  return appFailure(stderr.toString(), root);
}

const TSX = ["--import", "tsx"];
const THROWS =
  '\n\nfunction make(): never {\n  throw new Error("the region eu-west-1 is not supported");\n}\nmake();\n';

describe("the output of an app that throws", () => {
  test.each<[string, string, string, readonly string[], string, number]>([
    ["TypeScript", "main.ts", THROWS, TSX, "Error: the region eu-west-1 is not supported", 4],
    [
      "a module of its own",
      "stacks/a.mjs",
      "\nnull.x;\n",
      [],
      "TypeError: Cannot read properties of null (reading 'x')",
      2,
    ],
    ["an error with a code", "main.js", 'require("./nowhere")', [], "Error: Cannot find module './nowhere'", 1],
    ["a thrown string", "main.js", '\nthrow "no such region"', [], "no such region", 2],
    [
      "an error of a class",
      "main.js",
      'class BadRegionError extends Error {}\nBadRegionError.prototype.name = "BadRegionError";\nthrow new BadRegionError("x");',
      [],
      "BadRegionError: x",
      3,
    ],
    [
      "a rejected promise",
      "main.js",
      'async function go() {\n  throw new RangeError("too far");\n}\ngo();',
      [],
      "RangeError: too far",
      2,
    ],
    ["broken syntax", "main.js", "const a = ;", [], "SyntaxError: Unexpected token ';'", 1],
    [
      "a module of TypeScript that is not there",
      "main.ts",
      '\n\nimport { x } from "./nowhere";\nx();',
      TSX,
      "./nowhere",
      3,
    ],
    ["a package that is not there", "main.ts", '\nimport { x } from "not-there";\nx();', TSX, "not-there", 2],
    ["a module that is not there", "main.mjs", '\nimport "./nowhere.mjs";', [], "nowhere.mjs", 2],
    [
      "what it printed before",
      "main.js",
      'console.error("Error: only a warning");\nthrow new TypeError("the true one");',
      [],
      "TypeError: the true one",
      2,
    ],
    [
      "a message with an empty line in it",
      "main.js",
      '\nrequire("assert").strictEqual(1, 2);',
      [],
      "Expected values to be strictly equal: 1 !== 2",
      2,
    ],
  ])("%s: its message, file and line", async (_what, file, text, args, sentence, line) => {
    const failure = await failing(file, text, args);
    expect(failure.sentence).toContain(sentence);
    expect(failure.source).toEqual({ file, line });
  });

  test.each([
    ['Promise.reject("no region")', "A promise was rejected with `no region`"],
    ["Promise.reject()", "A promise was rejected with `undefined`"],
  ])("%s, which has no place: its reason", async (text, sentence) => {
    expect(await failing("main.js", text)).toEqual({ sentence, source: undefined });
  });

  test("an error thrown in a library is located where the app called it", async () => {
    const text = '\nconst { App, TerraformStack } = require("cdktf");\nnew TerraformStack(new App(), "has space");\n';
    const failure = await failing("main.js", text);
    expect(failure.sentence).toMatch(/^Error: /);
    expect(failure.source).toEqual({ file: "main.js", line: 3 });
  });

  test("a compiler's error is located where the compiler says", () => {
    const said =
      "/x/node_modules/ts-node/src/index.ts:859\n    return new TSError(diagnosticText);\n           ^\n" +
      "TSError: ⨯ Unable to compile TypeScript:\nmain.ts(10,5): error TS2322: Type 'string' is not assignable to type 'number'.\n\n" +
      "    at createTSError (/x/node_modules/ts-node/src/index.ts:859:12)\n\nNode.js v20.20.2\n";
    expect(appFailure(said, root)).toEqual({
      sentence: expect.stringContaining("TS2322: Type 'string' is not assignable"),
      source: { file: "main.ts", line: 10 },
    });
  });

  test("an app that only prints is quoted with its last lines", async () => {
    const failure = await failing("main.js", 'console.error("first\\nno credentials\\n"); process.exit(3)');
    expect(failure).toEqual({ sentence: "no credentials", source: undefined });
  });

  test("an app without output has no message", () => {
    expect(appFailure("\nNode.js v20.20.2\n", root)).toEqual({ sentence: "", source: undefined });
  });
});

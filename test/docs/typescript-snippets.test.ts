import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { ROOT, snippetsIn } from "./support/snippets";

jest.setTimeout(300_000);

const SNIPPETS = snippetsIn("ts", "typescript");

/** What a page has said before its snippets begin, as types and as values. */
const TYPES = `
import type * as Cdktf from "cdktf";
import type * as Library from "cdktf-alicloud-anycast";
import type * as Testing from "cdktf-alicloud-anycast/testing";
import type * as Sandbox from "alicloud-sandbox";
import type { IConstruct } from "constructs";
declare global {
  const app: Cdktf.App;
  const stack: Cdktf.TerraformStack;
  const address: Library.AnycastEip;
  const clb: Library.InternalClb;
  const balancers: readonly Library.InternalClb[];
  const server: { readonly id: string };
  const vswitch: { readonly id: string };
  const check: (node: IConstruct) => void;
  const App: typeof Cdktf.App;
  const Testing: typeof Cdktf.Testing;
  const TerraformIterator: typeof Cdktf.TerraformIterator;
  const TerraformOutput: typeof Cdktf.TerraformOutput;
  class ServiceStack extends Cdktf.TerraformStack {}
  class Vpc { readonly id: string }
  class AlicloudProvider extends Library.AlicloudProvider {}
  class EipanycastAnycastEipAddress { constructor(scope: IConstruct, id: string, config: object) }
  const startSandbox: typeof Sandbox.startSandbox;
  var sandbox: Sandbox.Sandbox;
LIBRARY
  const judge: typeof Testing.judge;
  const planInSandbox: typeof Testing.planInSandbox;
}
`;

const VALUES = `
import { mkdirSync } from "node:fs";
import { Construct } from "constructs";
import * as cdktf from "cdktf";
import * as library from "cdktf-alicloud-anycast";

const place = globalThis as Record<string, unknown>;
let count = 0;
/** A new app for each snippet, with what the pages have said before. */
export async function inContext(name: string, work: () => Promise<unknown>): Promise<void> {
  const outdir = \`out/\${++count}\`;
  mkdirSync(outdir, { recursive: true });
  const app = new cdktf.App({ outdir });
  const stack = new cdktf.TerraformStack(app, "stack");
  new library.AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });
  const before = new Construct(stack, "before");
  const clb = new library.InternalClb(before, "clb", { vswitchId: "vsw-1" });
  const address = new library.AnycastEip(before, "eip");
  const balancers = [0, 1, 2].map((at) => new library.InternalClb(before, \`clb-\${at}\`, { vswitchId: "vsw-1" }));
  Object.assign(place, cdktf, library, { app, stack, clb, address, balancers, check: () => undefined });
  Object.assign(place, { server: { id: "i-1" }, vswitch: { id: "vsw-1" }, Vpc: class {} });
  try {
    await work();
  } catch (thrown) {
    throw new Error(\`\${name}: \${String(thrown)}\`, { cause: thrown });
  }
}
`;

/** What cannot run by itself, and where its like runs. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/\bstartSandbox\b/, "test/package/packed-sandbox.test.ts runs it in jest and in a program"],
  [/\b(expect|planInSandbox|judge)\(/, "test/testing and the tests of a new project run it in jest"],
  [/"@cdktf\/provider-alicloud\//, "it is about the workspace of this repository, whose tests use it throughout"],
];
const runs = ({ text }: { readonly text: string }): boolean => !NOT_RUN.some(([pattern]) => pattern.test(text));

describe("the TypeScript of the pages", () => {
  const place = mkdtempSync(join(tmpdir(), "snippets-"));
  afterAll(() => rmSync(place, { recursive: true, force: true }));
  const fileOf = (i: number): string => join(ROOT, "test", "docs", `snippet-${i}.ts`);
  let problems: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const names = Object.keys(require("../../src") as object).filter((name) => name !== "AlicloudProvider");
    const library = names.map((name) => `  const ${name}: typeof Library.${name};`).join("\n");
    const sources = new Map([
      [join(ROOT, "test/docs/snippet-globals.ts"), TYPES.replace("LIBRARY", library)],
      ...SNIPPETS.map(({ text }, i): [string, string] => [fileOf(i), `${text}\nexport {};\n`]),
    ]);
    problems = compile(sources);
  });

  it("is found", () => expect(SNIPPETS.length).toBeGreaterThan(20));

  it.each(SNIPPETS.map(({ at }, i) => [at, i] as const))("compiles: %s", (_at, i) => {
    expect(problems.get(fileOf(i)) ?? []).toEqual([]);
  });

  it("runs where it needs nothing else", () => {
    mkdirSync(join(place, "node_modules"));
    for (const name of ["cdktf", "constructs"]) {
      symlinkSync(join(ROOT, "node_modules", name), join(place, "node_modules", name));
    }
    symlinkSync(ROOT, join(place, "node_modules", "cdktf-alicloud-anycast"));
    writeFileSync(join(place, "package.json"), "{}");
    writeFileSync(join(place, "context.ts"), VALUES);
    const chosen = SNIPPETS.filter(runs);
    chosen.forEach(({ text }, i) => writeFileSync(join(place, `snippet-${i}.ts`), `${text}\nexport {};\n`));
    const lines = chosen.map(
      ({ at }, i) => `  await inContext(${JSON.stringify(at)}, () => import("./snippet-${i}"));`,
    );
    const main = `import { inContext } from "./context";\nvoid (async () => {\n${lines.join("\n")}\n  console.log("all of them");\n})();\n`;
    writeFileSync(join(place, "main.ts"), main);
    const tsx = join(ROOT, "node_modules/tsx/dist/loader.mjs");
    const args = ["--conditions=anycast-source", "--import", tsx, "main.ts"];
    expect(execFileSync(process.execPath, args, { cwd: place, encoding: "utf8" })).toContain("all of them");
    expect(chosen.length).toBeGreaterThan(15);
  });
});

/** Compiles sources that stand nowhere but in memory, in one program. @returns what is wrong with each */
function compile(sources: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["anycast-source"],
    resolveJsonModule: true,
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node", "jest"],
    typeRoots: [join(ROOT, "node_modules/@types")],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, target, ...rest) => {
    const text = sources.get(name);
    return text === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, text, target);
  };
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name) ?? readFile(name);
  const program = ts.createProgram([...sources.keys()], options, host);
  return new Map(
    [...sources.keys()].map((name) => {
      const file = program.getSourceFile(name);
      const all = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return [name, all.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))];
    }),
  );
}

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { transformSync } from "@swc/core";
import ts from "typescript";
import { AnycastError } from "../../src/core/errors";
import { BANNER, PROJECT_ROOT } from "./provider";

/** Files per compiler program: large enough to share the parsed library, small enough to keep memory flat. */
const BATCH = 25;

/** Names of the folders (one per type) in a source directory, sorted. */
export function typeFolders(sources: string): string[] {
  return readdirSync(sources, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every `.ts` file of one folder, its sub-folders (of types too large for one file) included. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))
    .sort();
}

/**
 * Writes `.js` and `.d.ts` of `files` (below `sources`) to the same places below `out`.
 *
 * JavaScript comes from swc and declarations from the compiler's own emitter, without checking bodies: a hundred times
 * less memory than one program over everything, and the same declarations.
 */
export function compile(files: readonly string[], sources: string, out: string): void {
  for (const file of files) writeScript(file, target(file, sources, out, ".js"));
  const host = new SharingHost(sources);
  for (let at = 0; at < files.length; at += BATCH) {
    const program = ts.createProgram(files.slice(at, at + BATCH), options(sources, out), host.host);
    const broken = program.getSyntacticDiagnostics();
    if (broken.length > 0) throw notCompiled(broken);
    const emitted = program.emit(undefined, (name, text) => writeText(name, BANNER + text), undefined, true);
    if (emitted.diagnostics.length > 0) throw notCompiled(emitted.diagnostics);
  }
}

/** The two index files: they name every type, so they are compiled by themselves, without following what they name. */
export function compileIndex(sources: string, out: string): void {
  for (const name of ["index", "lazy-index"]) {
    const file = join(sources, `${name}.ts`);
    writeScript(file, join(out, `${name}.js`));
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
    const { outputText } = ts.transpileDeclaration(readFileSync(file, "utf8"), { fileName: file, compilerOptions });
    writeText(join(out, `${name}.d.ts`), BANNER + outputText);
  }
}

function writeScript(file: string, to: string): void {
  const { code } = transformSync(readFileSync(file, "utf8"), {
    filename: file,
    swcrc: false,
    configFile: false,
    sourceMaps: false,
    jsc: {
      parser: { syntax: "typescript" },
      target: "es2022",
      // As the official packages are compiled: a declared field must not reset what a base constructor has set.
      transform: { useDefineForClassFields: false },
    },
    // The annotation is how an ES module sees the names of a file like this.
    module: { type: "commonjs", exportInteropAnnotation: true },
  });
  writeText(to, BANNER + code);
}

function target(file: string, sources: string, out: string, extension: string): string {
  return join(out, relative(sources, file).replace(/\.ts$/, extension));
}

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function options(sources: string, out: string): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    lib: ["lib.es2022.d.ts"],
    types: [],
    strict: true,
    noCheck: true,
    skipLibCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: sources,
    outDir: out,
  };
}

/** Parses cdktf and the standard library once for all batches, and finds packages in the project, not next to the sources. */
class SharingHost {
  public readonly host: ts.CompilerHost;
  private readonly shared = new Map<string, ts.SourceFile | undefined>();

  public constructor(sources: string) {
    const base = ts.createCompilerHost({});
    this.host = {
      ...base,
      getSourceFile: (name, language) => {
        if (name.startsWith(sources)) return base.getSourceFile(name, language);
        if (!this.shared.has(name)) this.shared.set(name, base.getSourceFile(name, language));
        return this.shared.get(name);
      },
      resolveModuleNameLiterals: (literals, containing, redirected, settings) =>
        literals.map(({ text }) => {
          const from = text.startsWith(".") ? containing : containing.replace(sources, PROJECT_ROOT);
          return ts.resolveModuleName(text, from, settings, base, undefined, redirected);
        }),
    };
  }
}

function notCompiled(diagnostics: readonly ts.Diagnostic[]): AnycastError {
  const text = diagnostics
    .slice(0, 3)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"))
    .join("; ");
  return new AnycastError("BindingsNotCompiled", `The generated bindings could not be compiled: ${text}`);
}

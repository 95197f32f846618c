"use strict";
/*
 * Compiles this project once per module system and resolution, in one process, so that cdktf is parsed once:
 * node compile.cjs CELL... Prints the diagnostics as JSON by cell; what can be run is written to out-CELL/.
 */
const path = require("node:path");
const ts = require("typescript");
const { ModuleKind, ModuleResolutionKind } = ts;

const CELLS = {
  "cjs-node10": ["cjs", { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 }],
  "cjs-node16": ["cjs", { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 }],
  "cjs-bundler": ["cjs", { module: ModuleKind.Preserve, moduleResolution: ModuleResolutionKind.Bundler }],
  "esm-node10": ["esm", { module: ModuleKind.ES2022, moduleResolution: ModuleResolutionKind.Node10 }],
  "esm-node16": ["esm", { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 }],
  "esm-bundler": ["esm", { module: ModuleKind.ES2022, moduleResolution: ModuleResolutionKind.Bundler }],
};

const files = new Map();
const said = {};
for (const cell of process.argv.slice(2)) {
  const [folder, settings] = CELLS[cell];
  const root = path.join(__dirname, folder);
  const options = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    typeRoots: [path.join(__dirname, "node_modules", "@types")],
    strict: true,
    declaration: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noPropertyAccessFromIndexSignature: true,
    // Ours are checked; cdktf's own declarations have errors, and are left out below.
    skipLibCheck: false,
    rootDir: root,
    outDir: path.join(root, `out-${cell}`),
    ...settings,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, language, ...rest) => {
    const key = `${name} ${String(language.impliedNodeFormat)}`;
    if (!files.has(key)) files.set(key, read(name, language, ...rest));
    return files.get(key);
  };
  const program = ts.createProgram([path.join(root, "app.ts"), path.join(root, "library.ts")], options, host);
  const theirs = (file) => /[\\/](cdktf|cdktn|constructs|typescript|@types)[\\/]/.test(file.slice(__dirname.length));
  const emitted = program.emit();
  said[cell] = [
    ...program.getOptionsDiagnostics(),
    ...program.getSourceFiles().flatMap((file) => {
      if (theirs(file.fileName)) return [];
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    }),
    ...emitted.diagnostics,
  ].map(
    (one) =>
      `${one.file ? path.relative(__dirname, one.file.fileName) : ""} TS${one.code} ${ts.flattenDiagnosticMessageText(one.messageText, " ")}`,
  );
}
process.stdout.write(JSON.stringify(said));

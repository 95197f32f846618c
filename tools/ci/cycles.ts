/**
 * Refuses circular imports. ESLint's own rule passes over imports of types; here they count, and so do `require` and
 * `import()`: to understand one file of a cycle, one has to read them all.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { conclude, ROOT, trackedFiles } from "./tracked";

export type Imports = ReadonlyMap<string, readonly string[]>;

/** Groups of files that reach each other; each is sorted. */
export function cycles(imports: Imports): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): void => {
    const at = order.size;
    order.set(file, at);
    low.set(file, at);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== at) return;
    const cycle = open.splice(open.indexOf(file)).sort();
    if (cycle.length > 1) found.push(cycle);
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}

/** What a TypeScript file imports by a relative path: names of files, relative to the project. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => normalize(join(dirname(path), name)))
    .flatMap((name) => [name, `${name}.ts`, join(name, "index.ts")])
    .filter((name) => name.endsWith(".ts") && existsSync(join(ROOT, name)));
}

if (require.main === module) {
  const files = trackedFiles().filter((path) => /^(src|stacks|tools|bench|test|packages\/sandbox)\/.*\.ts$/.test(path));
  const problems = cycles(new Map(files.map((path) => [path, importsOf(path)]))).map(
    (cycle) => `These files import each other: ${cycle.join(", ")}. Fix: move what they share to a file of its own.`,
  );
  conclude("cycles", problems);
}

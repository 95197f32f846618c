import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { codesOf } from "./messages-codes";
import { property } from "./messages-syntax";
import { sentenceTemplate, templateOf } from "./messages-template";

/** One place at which a failure is raised. */
export interface Message {
  readonly code: string;
  /** Text with `{name}` for each value. */
  readonly template: string;
  /** Path relative to the project. */
  readonly file: string;
  /** What the process exits with; constructs throw inside the app and have none. */
  readonly exitCode?: 1 | 2;
}

/** Every source file, parsed once. */
export function parseSources(root: string): ts.SourceFile[] {
  const sources = ["main.ts", ...["src", "stacks", "packages/sandbox/src"].flatMap((folder) => filesIn(root, folder))];
  return sources.map((path) =>
    ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.ES2022, true),
  );
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replace(/\\/g, "/")}`)
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .sort();
}

/** Every failure raised on purpose, sorted by code, file and text, without duplicates. */
export function collectMessages(sources: readonly ts.SourceFile[]): Message[] {
  const found = new Map<string, Message>();
  for (const source of sources) {
    const visit = (node: ts.Node): void => {
      for (const message of raisedAt(node, sources)) found.set(JSON.stringify(message), message);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
}

function raisedAt(node: ts.Node, sources: readonly ts.SourceFile[]): Message[] {
  const file = node.getSourceFile().fileName;
  // These only pass codes on.
  if (/^(src\/(core|constructs)|packages\/sandbox\/src)\/errors\.ts$/.test(file)) return [];
  const make = (code: ts.Expression | undefined, template: string, exitCode?: 1 | 2): Message[] =>
    code === undefined
      ? []
      : codesOf(code, sources).map((one) => ({ code: one, template, file, ...(exitCode && { exitCode }) }));
  if (ts.isNewExpression(node)) {
    const [code, message, options] = node.arguments ?? [];
    const name = node.expression.getText();
    if (message === undefined) return [];
    if (name === "AnycastError" || name === "SandboxError")
      return make(code, templateOf(message, sources), exitCodeIn(options));
    return name === "ConstructError" ? make(code, templateOf(message, sources)) : [];
  }
  if (ts.isCallExpression(node)) {
    const name = node.expression.getText();
    const [first, second] = node.arguments;
    if (name === "expectationError" && second !== undefined) return make(first, sentenceTemplate(second, sources), 2);
    if (name === "misuse" && first !== undefined)
      return make(property(first, "code"), sentenceTemplate(first, sources));
  }
  // `thrown instanceof AnycastError ? thrown.code : "Code"`: a name for what was not raised on purpose.
  if (ts.isConditionalExpression(node) && /\.code$/.test(node.whenTrue.getText()) && ts.isStringLiteral(node.whenFalse))
    return make(node.whenFalse, "{what was thrown}", 2);
  return [];
}

function exitCodeIn(options: ts.Expression | undefined): 1 | 2 {
  return options !== undefined && property(options, "exitCode")?.getText() === "1" ? 1 : 2;
}

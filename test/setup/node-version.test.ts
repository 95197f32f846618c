import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const setup = join(__dirname, "..", "..", "tools", "setup");
const { tooOld } = createRequire(__filename)(join(setup, "node-version.cjs")) as {
  tooOld(version: string, range: string): string | undefined;
};

describe("The check of the Node version", () => {
  it.each([
    ["20.9.0", false],
    ["20.9.1", false],
    ["20.10.0", false],
    ["22.0.0", false],
    ["100.0.0", false],
    ["20.8.9", true],
    ["18.20.4", true],
    ["8.0.0", true],
  ])("of %s against >=20.9.0 rejects it: %s", (version, old) => {
    expect(tooOld(version, ">=20.9.0") !== undefined).toBe(old);
  });

  it.each(["../bootstrap.cjs", "node-version.cjs"])("is written in JavaScript that any Node can parse: %s", (name) => {
    const text = readFileSync(join(setup, name), "utf8");
    const newer: string[] = [];
    const visit = (node: ts.Node): void => {
      const modern =
        ts.isArrowFunction(node) ||
        ts.isTemplateExpression(node) ||
        ts.isNoSubstitutionTemplateLiteral(node) ||
        ts.isClassDeclaration(node) ||
        ts.isSpreadElement(node) ||
        ts.isObjectBindingPattern(node) ||
        ts.isAwaitExpression(node) ||
        (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) !== 0) ||
        node.kind === ts.SyntaxKind.QuestionDotToken ||
        node.kind === ts.SyntaxKind.QuestionQuestionToken;
      if (modern) newer.push(node.getText());
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS));
    expect(newer).toEqual([]);
  });
});

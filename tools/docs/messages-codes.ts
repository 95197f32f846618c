import ts from "typescript";

/** What an error code looks like. */
const CODE = /^[A-Z][A-Za-z0-9]+$/;

/** How far a code is followed through functions that pass it on. */
const DEEPEST = 4;

/**
 * Every code an expression may be: literals, branches, entries of a table, and what callers pass for a parameter.
 * Functions are found by name, without types: this project's names are distinct enough for that.
 */
export function codesOf(expression: ts.Expression, sources: readonly ts.SourceFile[], depth = 0): string[] {
  const codes = new Set(literals(expression, sources, depth));
  return [...codes].filter((code) => CODE.test(code)).sort();
}

function literals(node: ts.Expression, sources: readonly ts.SourceFile[], depth: number): string[] {
  const again = (other: ts.Expression): string[] => literals(other, sources, depth);
  if (depth > DEEPEST) return [];
  if (ts.isStringLiteral(node)) return [node.text];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return again(node.expression);
  if (ts.isConditionalExpression(node)) return [...again(node.whenTrue), ...again(node.whenFalse)];
  if (ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind))
    return [...again(node.left), ...again(node.right)];
  if (ts.isElementAccessExpression(node)) return again(node.expression);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? again(one.initializer) : []));
  if (ts.isArrayLiteralExpression(node)) return node.elements.slice(0, 1).flatMap(again);
  return ts.isIdentifier(node) ? fromDeclaration(node, sources, depth) : [];
}

function isFallback(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
}

/** The values of a name: a parameter's arguments at every call, or the value of a constant. */
function fromDeclaration(name: ts.Identifier, sources: readonly ts.SourceFile[], depth: number): string[] {
  for (let scope: ts.Node | undefined = name.parent; scope !== undefined; scope = scope.parent) {
    if (ts.isFunctionLike(scope)) {
      const at = scope.parameters.findIndex((one) => one.name.getText() === name.text);
      // A function that is not exported is called in its own file alone; others have functions of the same name.
      const callers = isExported(scope) ? sources : [scope.getSourceFile()];
      if (at >= 0) return argumentsOf(functionName(scope), at, callers, sources, depth + 1);
    }
    const constant = ts.isBlock(scope) || ts.isSourceFile(scope) ? constantIn(scope, name.text) : undefined;
    if (constant !== undefined) return literals(constant, sources, depth + 1);
  }
  return [];
}

function isExported(node: ts.SignatureDeclaration): boolean {
  if (ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node)) return true;
  const statement = ts.isVariableDeclaration(node.parent) ? node.parent.parent.parent : node;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function functionName(node: ts.SignatureDeclaration): string | undefined {
  if (node.name !== undefined) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : undefined;
}

function constantIn(scope: ts.Block | ts.SourceFile, name: string): ts.Expression | undefined {
  for (const statement of scope.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: bound, initializer } of statement.declarationList.declarations) {
      if (initializer === undefined) continue;
      if (ts.isIdentifier(bound) && bound.text === name) return initializer;
      // `const [code, message] = …`: only the first of a tuple is a code.
      if (ts.isArrayBindingPattern(bound) && bound.elements[0]?.getText() === name) return initializer;
    }
  }
  return undefined;
}

function argumentsOf(
  called: string | undefined,
  at: number,
  callers: readonly ts.SourceFile[],
  sources: readonly ts.SourceFile[],
  depth: number,
): string[] {
  if (called === undefined) return [];
  return callers
    .flatMap((source) => callsIn(source).get(called) ?? [])
    .flatMap((call) => call.arguments.slice(at, at + 1))
    .flatMap((argument) => literals(argument, sources, depth));
}

const known = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.CallExpression[]>>();

/** The calls of a file, by the name of what is called; found once. */
function callsIn(source: ts.SourceFile): ReadonlyMap<string, readonly ts.CallExpression[]> {
  const before = known.get(source);
  if (before !== undefined) return before;
  const calls = new Map<string, ts.CallExpression[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) calls.set(calledName(node), [...(calls.get(calledName(node)) ?? []), node]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  known.set(source, calls);
  return calls;
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

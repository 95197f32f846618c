import ts from "typescript";
import { property } from "./messages-syntax";

/** A message as its template: values that are inserted at run time are `{name}`. */
export function templateOf(node: ts.Expression, sources: readonly ts.SourceFile[]): string {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return templateOf(node.expression, sources);
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map((span) => placed(span.expression, sources) + span.literal.text);
    return node.head.text + spans.join("");
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return templateOf(node.left, sources) + templateOf(node.right, sources);
  if (ts.isCallExpression(node) && node.expression.getText() === "expected" && node.arguments[0] !== undefined)
    return sentenceTemplate(node.arguments[0], sources);
  return placed(node, sources);
}

/** "Expected X to be RULE, got `VALUE` (at ADDRESS). Fix: …" of an object with these parts. */
export function sentenceTemplate(node: ts.Expression, sources: readonly ts.SourceFile[]): string {
  const part = (name: string): string => {
    const value = property(node, name);
    return value === undefined ? `{${name}}` : templateOf(value, sources);
  };
  const at = property(node, "at") === undefined ? "" : ` (at ${part("at")})`;
  return `Expected ${part("what")} to be ${part("rule")}, got \`${part("got")}\`${at}. Fix: ${part("fix")}`;
}

/** The content of a placeholder: texts unchanged, anything else by its name. */
function placed(node: ts.Expression, sources: readonly ts.SourceFile[]): string {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isNumericLiteral(node))
    return node.text;
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [templateOf(node.whenTrue, sources), templateOf(node.whenFalse, sources)];
    return yes === "" || no === "" ? `[${yes}${no}]` : `${yes} | ${no}`;
  }
  if (ts.isIdentifier(node))
    return constantText(node, sources) ?? (node.text === "undefined" ? "nothing" : `{${node.text}}`);
  return `{${nameOf(node)}}`;
}

/** The text of a constant of the same file, such as a fix that several messages share. */
function constantText(name: ts.Identifier, sources: readonly ts.SourceFile[]): string | undefined {
  for (const statement of name.getSourceFile().statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: bound, initializer } of statement.declarationList.declarations) {
      const isText =
        initializer !== undefined && (ts.isStringLiteral(initializer) || ts.isTemplateLiteral(initializer));
      if (bound.getText() === name.text && isText) return templateOf(initializer, sources);
    }
  }
  return undefined;
}

/** A short name for an expression: its last word. */
function nameOf(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isNonNullExpression(node) || ts.isElementAccessExpression(node) || ts.isAsExpression(node))
    return nameOf(node.expression);
  if (ts.isBinaryExpression(node)) return nameOf(node.left);
  if (ts.isArrayLiteralExpression(node) && node.elements[0] !== undefined) return nameOf(node.elements[0]);
  if (ts.isSpreadElement(node)) return nameOf(node.expression);
  if (ts.isNewExpression(node) && node.arguments?.[0] !== undefined) return nameOf(node.arguments[0]);
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    // `list.join(", ")` is named after the list, `messageOf(cause)` after what it is asked of.
    if (ts.isPropertyAccessExpression(expression)) return nameOf(expression.expression);
    return node.arguments[0] === undefined ? expression.getText() : nameOf(node.arguments[0]);
  }
  return ts.isIdentifier(node) ? node.text : "…";
}

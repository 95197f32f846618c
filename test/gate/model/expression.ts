import type { Json } from "../support/plan";
import { shown } from "./types";
import type { Expression, Keys, Model, Selection } from "./types";

/** An expression as plan JSON shows it: its references, and in JSON configuration its text next to them. */
export function writeExpression(expression: Expression, own: Keys, form: Model["form"]): Json {
  const references = referencesOf(expression, own);
  return form === "hcl" ? { references } : { constant_value: textOf(expression, own), references };
}

/** `each.key` or `count.index` where the expression stands. */
function ownName(own: Keys): string {
  return typeof own?.[0] === "number" ? "count.index" : "each.key";
}

/** As Terraform lists them: each reference from its longest form to its shortest, in the order of the expression. */
function referencesOf(expression: Expression, own: Keys): string[] {
  switch (expression.kind) {
    case "clb": {
      const { clb, selection, whole } = expression;
      const base = `${clb.type}.${clb.name}`;
      const id = (reference: string): string[] => (whole ? [reference] : [`${reference}.id`, reference]);
      return chosen(base, selection, own, id(base), (key) => [...id(`${base}${key}`), base]);
    }
    case "output": {
      const { module, selection, name, part } = expression;
      const base = `module.${module.name}`;
      const out = (reference: string): string[] => [
        ...(part ? [`${reference}.${name}.id`] : []),
        `${reference}.${name}`,
        reference,
      ];
      return chosen(base, selection, own, out(base), (key) => out(`${base}${key}`));
    }
    case "variable":
      return [...(expression.part ? [`var.${expression.name}.id`] : []), `var.${expression.name}`];
    case "condition":
      return ["var.flag", ...referencesOf(expression.yes, own), ...referencesOf(expression.no, own)];
    case "object":
      return referencesOf(expression.id, own);
    case "made":
      return referencesOf(expression.from, own);
    case "local":
      return ["local.x"];
    case "each":
      return ["each.value.id", "each.value"];
  }
}

function chosen(
  base: string,
  selection: Selection,
  own: Keys,
  plain: string[],
  keyed: (key: string) => string[],
): string[] {
  switch (selection.by) {
    case "none":
      return plain;
    case "literal":
      return keyed(shown(selection.key));
    case "own":
      return [base, ownName(own)];
    case "computed":
      return [base, "var.i"];
  }
}

/** The value of a JSON attribute: a template, or an object of them. */
function textOf(expression: Expression, own: Keys): Json {
  return expression.kind === "object" ? { id: textOf(expression.id, own) } : `\${${inner(expression, own)}}`;
}

function inner(expression: Expression, own: Keys): string {
  switch (expression.kind) {
    case "clb":
      return `${expression.clb.type}.${expression.clb.name}${index(expression.selection, own)}${expression.whole ? "" : ".id"}`;
    case "output":
      return `module.${expression.module.name}${index(expression.selection, own)}.${expression.name}${expression.part ? ".id" : ""}`;
    case "variable":
      return `var.${expression.name}${expression.part ? ".id" : ""}`;
    case "condition":
      return `var.flag ? ${inner(expression.yes, own)} : ${inner(expression.no, own)}`;
    case "object":
      return `{ id = ${inner(expression.id, own)} }`;
    case "made":
      return `format("%s", ${inner(expression.from, own)})`;
    case "local":
      return "local.x";
    case "each":
      return "each.value.id";
  }
}

function index(selection: Selection, own: Keys): string {
  switch (selection.by) {
    case "none":
      return "";
    case "literal":
      return shown(selection.key);
    case "own":
      return `[${ownName(own)}]`;
    case "computed":
      return "[var.i]";
  }
}

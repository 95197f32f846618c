import type { Dice } from "./dice";
import type { Parts } from "./parts";

/**
 * Writes an expression that gives the same value as `value`, in one of the ways people write it.
 * @param value the expression whose value is kept
 * @param other an expression of the same type that must not be taken
 */
export type Wrapper = (value: string, other: string, parts: Parts, dice: Dice) => string;

/** Conditions that hold, told by variables of the trial's module, and such that do not. */
const TRUE = [
  "var.flag",
  'var.env == "prod"',
  "length(var.names) > 1",
  'contains(var.names, "y")',
  "var.n == 3",
  "var.nothing == null",
  'terraform.workspace == "default"',
  "!(var.flag && false)",
  "var.n > 2 || var.flag",
  'var.settings.mode == "blue"',
  'lookup(var.tags, "team", "none") == "net"',
  'startswith(var.env, "pr")',
  'try(var.settings.missing, "d") == "d"',
  'length(split("", "")) == 0',
  'replace("ab", "", "-") == "-a-b-"',
  'format("%d", "03") == "3"',
  'join("", ["e", "\\u0301"]) == "\\u00e9"',
  'tolist(toset(["b", "a"]))[0] == "a"',
  'module.typed.texts[0] == "9"',
  "module.typed.numbers[0] == 10",
  'module.typed.filled.mode == "blue"',
  "module.typed.given == null",
  'module.typed.never == "d"',
  'try(module.typed.dropped, "none") == "none"',
];
const FALSE = [
  'var.env != "prod"',
  "!var.flag",
  'var.settings.mode == "green"',
  "var.n < 3",
  'var.env == "1"',
  "var.flag && var.n == 4",
  'module.typed.texts[0] == "10"',
  "module.typed.numbers[0] == 9",
  "can({}.missing)",
];

/** Ways whose value a reader of the source can tell. */
export const PROVABLE: readonly Wrapper[] = [
  (v) => v,
  (v) => `(${v})`,
  (v) => `"\${${v}}"`,
  (v) => `one([${v}])`,
  (v, o) => `element([${v}, ${o}], 0)`,
  (v, o) => `element([${o}, ${v}], 3)`,
  (v, o) => `try(${v}, ${o})`,
  (v) => `try({}.missing, ${v})`,
  (v, o) => `lookup({ k = ${v}, z = ${o} }, "k", ${o})`,
  (v, o) => `lookup({ z = ${o} }, "k", ${v})`,
  (v) => `[for x in [${v}] : x][0]`,
  (v, o) => `[for k, x in { a = ${o}, b = ${v} } : x if k == "b"][0]`,
  (v, o) => `[for var in [${v}, ${o}] : var][0]`,
  (v, o) => `merge({ k = ${o} }, { k = ${v} })["k"]`,
  (v, o) => `merge({ k = ${o} }, null, { k = ${v} }).k`,
  (v, o) => `values({ a = ${o}, b = ${v} })[1]`,
  (v, o) => `values({ "2" = ${o}, "10" = ${v} })[0]`,
  (v, o) => `zipmap(["x", "y"], [${o}, ${v}])["y"]`,
  (v, o, _, dice) => `(${dice.pick(TRUE)} ? ${v} : ${o})`,
  (v, o, _, dice) => `(${dice.pick(FALSE)} ? ${o} : ${v})`,
  (v, _, parts) => `local.${parts.local(v)}`,
  (v, _, parts) => `local.${parts.local(`{ id = ${v} }`)}.id`,
  (v, o, parts) => `local.${parts.local(`[${o}, ${v}]`)}[1]`,
  (v, o, parts) => `local.${parts.local(`[${o}, ${v}]`)}.1`,
  (v, _, parts) => `module.${parts.pass(v)}.out`,
  (v, _, parts) => `module.${parts.pass(v)}.object.id`,
  (v, o, parts) => `module.${parts.passMap({ a: o, b: v })}.swapped["a"]`,
  (v, o) => `flatten([[${o}], [${v}]])[1]`,
  (v, o) => `reverse([${v}, ${o}])[1]`,
  (v, o) => `concat([${o}], [${v}])[1]`,
  (v, o) => `slice([${o}, ${v}, ${o}], 1, 2)[0]`,
  (v, o) => `chunklist([${o}, ${v}], 1)[1][0]`,
  (v, o) => `tolist([${o}, ${v}])[1]`,
  (v) => `one(toset([${v}]))`,
  (v, o) => `tomap({ a = ${o}, b = ${v} })["b"]`,
  (v, o) => `{ for k, x in { a = ${o}, b = ${v} } : upper(k) => x }["B"]`,
  (v, o) => `{ for k, x in { a = ${o}, b = ${v} } : (k == "a" ? "b" : "a") => x }["a"]`,
  (v, o) => `{ for s in [{ n = "x", id = ${o} }, { n = "y", id = ${v} }] : s.n => s.id }["y"]`,
  (v, o) => `{ for s in [{ n = "x", id = ${o} }, { n = "y", id = ${v} }] : s.n => s.id... }["y"][0]`,
  (v) => `([{ id = ${v} }][*].id)[0]`,
  (v) => `[{ id = ${v} }].*.id[0]`,
  (v, o) => `[${o}, ${v}][index(["p", "q"], "q")]`,
  (v) => `nonsensitive(sensitive(${v}))`,
  (v, o) => `element([${v}, ${o}], var.n - 3)`,
  (v, o) => `[${o}, ${v}][var.flag ? 1 : 0]`,
  (v, o) => `coalescelist([], [${v}], [${o}])[0]`,
  (v, _, parts) => `terraform_data.${parts.data(v)}.output`,
  (v, o) => `{ (var.env) = ${v}, other = ${o} }["prod"]`,
  (v, o) => `{ prod = ${v}, other = ${o} }[var.env]`,
  (v, o) => `{ k = ${o}, "k" = ${v} }.k`,
  (v, o) => `[for i, x in [${o}, ${v}] : x if i == 1][0]`,
  (v, o) => `tolist(setsubtract(["b", "c"], ["c"]))[0] == "b" ? ${v} : ${o}`,
  (v, o) => `tolist(concat([[${v}], [${o}]]...))[0]`,
  (v, o) => `element(concat([[${o}], [${v}]]...), 1)`,
  (v, _, parts) => `terraform_data.${parts.data(v)}.triggers_replace`,
  (v) => `"%{ if var.flag }\${${v}}%{ endif }"`,
  (v, o, parts) => `terraform_data.${parts.data(`[${o}, ${v}]`)}.input[1]`,
  (v, o) => `matchkeys([${o}, ${v}], ["p", "q"], ["q"])[0]`,
  (v, o) => `lookup({ for k in var.names : k => k == "y" ? ${v} : ${o} }, "y")`,
];

/** The same, for values that are not empty: what is empty is passed over. */
export const PROVABLE_GIVEN: readonly Wrapper[] = [
  (v, o) => `coalesce(${v}, ${o})`,
  (v) => `coalesce("", ${v})`,
  (v) => `coalesce(null, ${v})`,
  (v, o) => `compact(["", ${v}, ${o}])[0]`,
];

/** Ways that keep the value and make a new text of it, or choose by what is known only after apply. */
export const UNPROVABLE: readonly Wrapper[] = [
  (v) => `join("", [${v}])`,
  (v) => `trimspace(${v})`,
  (v, o) => `(tolist(var.flag ? ["b", "a"] : toset(["c"]))[0] == "b" ? ${o} : ${v})`,
  (v, o) => `(can([for d in [terraform_data.kept] : d.missing][0]) ? ${o} : ${v})`,
  (v, o) => `(try([for d in [terraform_data.kept] : d.missing][0], null) != null ? ${o} : ${v})`,
  (v, o) => `(strrev("a\\r\\nb") == "b\\n\\ra" ? ${o} : ${v})`,
  (v, o) => `(substr("a\\r\\nb", 1, 1) == "\\r" ? ${o} : ${v})`,
  (v, o) => `(try(true || tobool(terraform_data.kept.id), false) ? ${o} : ${v})`,
  (v) => `format("%s", ${v})`,
  (v) => `jsondecode(jsonencode({ x = ${v} })).x`,
  (v) => `join("-", split("-", ${v}))`,
  (v, o) => `(${v} == "none" ? ${o} : ${v})`,
  (v, o) => `element(sort([${v}, ${v}]), length(${o}) - length(${o}))`,
];

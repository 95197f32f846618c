import { asList, asObject, type JsonObject } from "../json";
import { headsOf, parseReference, referencesOf } from "../slices/references";
import type { Path } from "./replaced";

/**
 * An expression that the policies take for `REFERENCE[each.key]` or `REFERENCE[count.index]`, because it shows these two
 * references and no text (`indexed_by` in policies/lib/expressions.rego).
 */
export interface SameKey {
  /** Names of the modules it is in, from the root on. */
  readonly module: readonly string[];
  /** The block's keyword and labels, as in the source. */
  readonly block: readonly string[];
  readonly attribute: string;
  /** `TYPE.NAME`, or `module.NAME`. */
  readonly reference: string;
  readonly by: string;
  readonly expression: JsonObject;
  /** Where the expression stands in the configuration. */
  readonly path: Path;
}

/** All of them in a configuration. */
export function sameKeysOf(root: unknown): SameKey[] {
  const found: SameKey[] = [];
  visit(asObject(root), [], ["root_module"], found);
  return found;
}

function visit(module: JsonObject | undefined, names: readonly string[], path: Path, found: SameKey[]): void {
  asList(module?.resources).forEach((one, i) => {
    const { type, name, mode, expressions } = asObject(one) ?? {};
    const block = ["resource", String(type), String(name)];
    if (mode === "managed") collect(expressions, { module: names, block }, [...path, "resources", i], found);
  });
  for (const [name, one] of Object.entries(asObject(module?.module_calls) ?? {})) {
    const call = asObject(one);
    const at: Path = [...path, "module_calls", name];
    collect(call?.expressions, { module: names, block: ["module", name] }, at, found);
    visit(asObject(call?.module), [...names, name], [...at, "module"], found);
  }
}

function collect(expressions: unknown, holder: Pick<SameKey, "module" | "block">, path: Path, found: SameKey[]): void {
  for (const [attribute, value] of Object.entries(asObject(expressions) ?? {})) {
    const expression = asObject(value);
    if (expression === undefined || "constant_value" in expression) continue;
    const heads = new Set(headsOf(referencesOf(expression)));
    const by = ["each.key", "count.index"].find((one) => heads.delete(one));
    const [reference] = heads;
    if (by === undefined || heads.size !== 1 || !isWhole(reference!)) continue;
    found.push({
      ...holder,
      attribute,
      reference: reference!,
      by,
      expression,
      path: [...path, "expressions", attribute],
    });
  }
}

/** A block or a module as such, without a key or a part: what stands behind a computed key is not listed. */
function isWhole(reference: string): boolean {
  const parsed = parseReference(reference);
  if (parsed.kind === "resource") return parsed.key === "" && parsed.rest === "";
  return parsed.kind === "module" && parsed.key === "" && parsed.output === "";
}

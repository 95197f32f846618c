import { asList, asObject, type JsonObject } from "../json";
import { headsOf, parseReference, referencesOf } from "../slices/references";

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
}

/** All of them in a configuration. */
export function sameKeysOf(root: unknown): SameKey[] {
  const found: SameKey[] = [];
  visit(asObject(root), [], found);
  return found;
}

function visit(module: JsonObject | undefined, path: readonly string[], found: SameKey[]): void {
  for (const one of asList(module?.resources)) {
    const { type, name, mode, expressions } = asObject(one) ?? {};
    if (mode === "managed") collect(expressions, path, ["resource", String(type), String(name)], found);
  }
  for (const [name, one] of Object.entries(asObject(module?.module_calls) ?? {})) {
    const call = asObject(one);
    collect(call?.expressions, path, ["module", name], found);
    visit(asObject(call?.module), [...path, name], found);
  }
}

function collect(expressions: unknown, module: readonly string[], block: readonly string[], found: SameKey[]): void {
  for (const [attribute, value] of Object.entries(asObject(expressions) ?? {})) {
    const expression = asObject(value);
    if (expression === undefined || "constant_value" in expression) continue;
    const heads = new Set(headsOf(referencesOf(expression)));
    const by = ["each.key", "count.index"].find((one) => heads.delete(one));
    const [reference] = heads;
    if (by !== undefined && heads.size === 1 && isWhole(reference!))
      found.push({ module, block, attribute, reference: reference!, by, expression });
  }
}

/** A block or a module as such, without a key or a part: what stands behind a computed key is not listed. */
function isWhole(reference: string): boolean {
  const parsed = parseReference(reference);
  if (parsed.kind === "resource") return parsed.key === "" && parsed.rest === "";
  return parsed.kind === "module" && parsed.key === "" && parsed.output === "";
}

import { asObject, type JsonObject } from "../json";
import { referencesOf } from "../slices/references";
import type { Path } from "./replaced";

/**
 * A region that shows nothing but variables without a value. The policies take it for one that the environment gives,
 * as `var.region` would be; `coalesce(var.region, "cn-hongkong")` shows the same.
 */
export interface EmptyRegion {
  /** The provider's local name, and its alias where it has one. */
  readonly name: string;
  readonly alias: string | undefined;
  readonly expression: JsonObject;
  /** Where the expression stands in the configuration. */
  readonly path: Path;
}

/** Those of the root module's providers; in other modules the values of variables are not at hand. */
export function emptyRegionsOf(plan: JsonObject): EmptyRegion[] {
  const variables = asObject(plan.variables) ?? {};
  const isEmpty = (reference: string): boolean => {
    const name = /^var\.([^.[]+)$/.exec(reference)?.[1];
    if (name === undefined || !Object.hasOwn(variables, name)) return false;
    const value = asObject(variables[name])?.value ?? null;
    return value === null || value === "";
  };
  const found: EmptyRegion[] = [];
  for (const [key, one] of Object.entries(asObject(asObject(plan.configuration)?.provider_config) ?? {})) {
    const { name, alias, module_address: module, expressions } = asObject(one) ?? {};
    const expression = asObject(asObject(expressions)?.region);
    if (module !== undefined || expression === undefined || "constant_value" in expression) continue;
    const references = referencesOf(expression);
    if (references.length > 0 && references.every(isEmpty))
      found.push({
        name: String(name),
        alias: typeof alias === "string" ? alias : undefined,
        expression,
        path: ["provider_config", key, "expressions", "region"],
      });
  }
  return found;
}

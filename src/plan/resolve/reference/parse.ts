/** What a reference names. */
export type Reference =
  | { readonly kind: "variable"; readonly name: string; readonly rest: string }
  | {
      readonly kind: "module";
      readonly name: string;
      readonly key: string;
      readonly output: string;
      readonly rest: string;
    }
  | { readonly kind: "value"; readonly rest: string }
  | {
      readonly kind: "resource";
      readonly type: string;
      readonly name: string;
      readonly key: string;
      readonly rest: string;
    }
  | { readonly kind: "key" | "ambient" | "local" | "data" | "other" };

const KEY = String.raw`(\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\])?`;
const VARIABLE = /^var\.([^.[]+)(.*)$/;
const MODULE = new RegExp(String.raw`^module\.([^.[]+)${KEY}(?:\.([^.[]+)(.*))?$`);
const VALUE = /^each\.value(.*)$/;
const AMBIENT = /^(?:path|terraform)\.[a-z_]+$/;
const RESOURCE = new RegExp(String.raw`^([a-z][a-z0-9_]*)\.([^.[]+)${KEY}(.*)$`);

const MEMORY = 50_000;
const known = new Map<string, Reference>();

export function parseReference(reference: string): Reference {
  let parsed = known.get(reference);
  if (parsed === undefined) {
    if (known.size >= MEMORY) known.clear();
    known.set(reference, (parsed = parse(reference)));
  }
  return parsed;
}

function parse(reference: string): Reference {
  const variable = VARIABLE.exec(reference);
  if (variable !== null) return { kind: "variable", name: variable[1]!, rest: variable[2]! };
  const module = MODULE.exec(reference);
  if (module !== null) {
    const [, name, key = "", output = "", rest = ""] = module;
    return { kind: "module", name: name!, key, output, rest };
  }
  const value = VALUE.exec(reference);
  if (value !== null) return { kind: "value", rest: value[1]! };
  if (reference === "each.key" || reference === "count.index") return { kind: "key" };
  if (AMBIENT.test(reference)) return { kind: "ambient" };
  if (reference.startsWith("local.")) return { kind: "local" };
  if (reference.startsWith("data.")) return { kind: "data" };
  const resource = RESOURCE.exec(reference);
  if (resource === null) return { kind: "other" };
  const [, type, name, key = "", rest = ""] = resource;
  return { kind: "resource", type: type!, name: name!, key, rest };
}

/** True for a module or a resource as a whole: no key, no output, no attribute. */
export function isWhole(parsed: Reference): boolean {
  if (parsed.kind === "module") return parsed.key === "" && parsed.output === "" && parsed.rest === "";
  return parsed.kind === "resource" && parsed.key === "" && parsed.rest === "";
}

/** Terraform lists each reference from its longest form to its shortest; the longest ones are what is referred to. */
export function headsOf(references: readonly string[]): readonly string[] {
  return references.filter((reference, i) => i === 0 || !isShorterForm(references[i - 1]!, reference));
}

function isShorterForm(longer: string, shorter: string): boolean {
  if (!longer.startsWith(shorter)) return false;
  const next = longer.charAt(shorter.length);
  // The list for `module.m[0].id` ends with `module.m[0]`; a `module.m` after it is a reference of its own, to any instance.
  return next === "." || (next === "[" && !/^module\.[^.[]+$/.test(shorter));
}

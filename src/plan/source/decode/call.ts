import type { CallSource } from "../configuration";
import type { Attribute } from "../hcl";
import type { Section } from "../syntax";
import { fail, nameOf } from "./constants";
import { mergedRepetition, repeatedOf } from "./repeated";
import { attributesExcept, refuseEscapes, single } from "./sections";

type Call = Omit<CallSource, "module">;

const META = ["source", "version", "count", "for_each", "depends_on", "providers", "lifecycle", "locals", "provider"];

/** @throws HclError */
export function callOf(section: Section): Call {
  refuseEscapes(section);
  return {
    ...repeatedOf(section, single(section, "lifecycle")),
    arguments: attributesExcept(section, META),
    providers: providersOf(section.attribute("providers", "reference")),
  };
}

function providersOf(attribute: Attribute | undefined): Map<string, Attribute> {
  const providers = new Map<string, Attribute>();
  if (attribute === undefined) return providers;
  const node = attribute.expression();
  if (node.kind !== "object") return fail(attribute, "providers that are not a map");
  for (const { key, value } of node.entries) {
    const name = nameOf(key);
    if (name === undefined || providers.has(name)) fail(key, "providers with a key that is not one name, once");
    else providers.set(name, { at: value.at, expression: () => value });
  }
  return providers;
}

/** As an override file changes it: its providers are taken whole. @throws HclError */
export function mergedCall(base: Call, over: Call): Call {
  return {
    ...mergedRepetition(base, over),
    arguments: new Map([...base.arguments, ...over.arguments]),
    providers: over.providers.size > 0 ? over.providers : base.providers,
  };
}

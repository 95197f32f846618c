import type { ProviderSource } from "../configuration";
import type { Section } from "../syntax";
import { textOf } from "./constants";
import { attributesExcept, refuseEscapes } from "./sections";

const META = ["alias", "version", "for_each", "count", "depends_on", "source", "lifecycle", "locals"];

/** @throws HclError */
export function providerOf(name: string, section: Section): ProviderSource {
  refuseEscapes(section);
  return {
    name,
    alias: textOf(section, "alias"),
    attributes: attributesExcept(section, META),
    forEach: section.attribute("for_each"),
  };
}

/** The key that it has inside its module. */
export function keyOfProvider({ name, alias }: Pick<ProviderSource, "name" | "alias">): string {
  return alias === undefined ? name : `${name}.${alias}`;
}

/** As an override file changes it: attribute by attribute. */
export function mergedProvider(base: ProviderSource, over: ProviderSource): ProviderSource {
  return {
    ...base,
    attributes: new Map([...base.attributes, ...over.attributes]),
    forEach: over.forEach ?? base.forEach,
  };
}

import type { Attribute } from "../hcl";
import { HclError } from "../hcl";
import type { Section } from "../syntax";

/** The attributes of a block but those of Terraform's own. */
export function attributesExcept(section: Section, meta: readonly string[]): ReadonlyMap<string, Attribute> {
  const names = section.attributeNames.filter((name) => !meta.includes(name));
  return new Map(names.map((name) => [name, section.attribute(name)!]));
}

/** The one block of a type that there may be. @throws HclError where there are more */
export function single(section: Section, type: string): Section | undefined {
  const [first, second] = section.blocks(type, 0);
  if (second !== undefined) throw new HclError(`two blocks ${type} in one`, section.at.source, second.section.at.start);
  return first?.section;
}

/** A block `_` reads Terraform's own names as the provider's; too rare to be modelled. */
export function refuseEscapes(section: Section): void {
  if (section.blocks("_", 0).length > 0) {
    throw new HclError("a block `_`, which this reader does not know", section.at.source, section.at.start);
  }
}

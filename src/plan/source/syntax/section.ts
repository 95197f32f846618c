import type { Attribute, Place } from "../hcl";

/**
 * How an attribute is to be read. `value`: evaluated. `constant`: without anything to refer to, so that a text in JSON is
 * itself. `reference`: names something, as `provider = alicloud.hk` does; in JSON, and for long in native syntax, in quotes.
 */
export type Reading = "value" | "constant" | "reference";

/** The content of a file or of a block, in either syntax. */
export interface Section {
  readonly at: Place;
  /** Those that may be attributes: in JSON, blocks look alike. */
  readonly attributeNames: readonly string[];
  /** Those that may be blocks. */
  readonly blockTypes: readonly string[];
  /** @param reading @default value */
  attribute(name: string, reading?: Reading): Attribute | undefined;
  /**
   * Blocks of a type, in their order.
   * @param labels how many labels they have
   * @throws HclError when there is something else in their place
   */
  blocks(type: string, labels: number): readonly LabelledSection[];
}

export interface LabelledSection {
  readonly labels: readonly string[];
  readonly section: Section;
}

import type { VariableSource } from "../configuration";
import type { Attribute } from "../hcl";
import type { Section } from "../syntax";
import { flagOf } from "./constants";

/** The value of a block; undefined where it has none. */
export interface VariableBlock {
  readonly type: Attribute | undefined;
  readonly default: Attribute | undefined;
  readonly nullable: boolean | undefined;
  readonly sensitive: boolean | undefined;
  readonly ephemeral: boolean | undefined;
}

/** @throws HclError */
export function variableOf(section: Section): VariableBlock {
  return {
    type: section.attribute("type", "reference"),
    default: section.attribute("default", "constant"),
    nullable: flagOf(section, "nullable"),
    sensitive: flagOf(section, "sensitive"),
    ephemeral: flagOf(section, "ephemeral"),
  };
}

export function completed(block: VariableBlock): VariableSource {
  return {
    ...block,
    nullable: block.nullable ?? true,
    sensitive: block.sensitive ?? false,
    ephemeral: block.ephemeral ?? false,
  };
}

/**
 * As an override file changes it. Terraform converts a default to the first type before it converts it to the second, and
 * keeps the first one's `optional` defaults; where that could tell, the variable has some value that is unknown here.
 */
export function mergedVariable(base: VariableSource, over: VariableBlock): VariableSource {
  const isRetyped = base.type !== undefined && over.type !== undefined;
  const isOptional = [base.type, over.type].some((type) => type !== undefined && /optional/.test(textOf(type)));
  return {
    type:
      isRetyped && isOptional
        ? unknown(over.type!, "its type, which has defaults, is changed by an override file")
        : (over.type ?? base.type),
    default:
      over.default ??
      (isRetyped && base.default !== undefined
        ? unknown(base.default, "its type is changed by an override file, and its default is not")
        : base.default),
    nullable: over.nullable ?? base.nullable,
    sensitive: over.sensitive ?? base.sensitive,
    ephemeral: over.ephemeral ?? base.ephemeral,
  };
}

function unknown({ at }: Attribute, why: string): Attribute {
  return { at, expression: () => ({ kind: "unsupported", why, at }) };
}

function textOf({ at: { source, start, end } }: Attribute): string {
  return source.text.slice(start, end);
}

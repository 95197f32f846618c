import type { Attribute, Expression } from "../hcl";
import { HclError } from "../hcl";
import type { Section } from "../syntax";

/**
 * A plain text that an attribute is set to.
 * @throws HclError when it is something else
 */
export function textOf(section: Section, name: string): string | undefined {
  const attribute = section.attribute(name, "constant");
  const node = attribute?.expression();
  if (node === undefined || node.kind === "string") return node?.value;
  return fail(attribute!, `a ${name} that is not a plain text`);
}

/** True or false, also in quotes. @throws HclError when it is something else */
export function flagOf(section: Section, name: string): boolean | undefined {
  const attribute = section.attribute(name, "constant");
  const node = attribute?.expression();
  if (node === undefined || node.kind === "bool") return node?.value;
  if (node.kind === "string" && (node.value === "true" || node.value === "false")) return node.value === "true";
  return fail(attribute!, `a ${name} that is neither true nor false`);
}

/** `alicloud.hk` as a text; undefined for anything but names. */
export function nameOf(node: Expression): string | undefined {
  if (node.kind === "root") return node.name;
  const of = node.kind === "attribute" ? nameOf(node.of) : undefined;
  return of === undefined || node.kind !== "attribute" ? undefined : `${of}.${node.name}`;
}

/** The first name of a reference. */
export function rootOf(node: Expression): string | undefined {
  if (node.kind === "root") return node.name;
  return node.kind === "attribute" || node.kind === "index" ? rootOf(node.of) : undefined;
}

export function fail({ at }: Pick<Attribute, "at">, message: string): never {
  throw new HclError(message, at.source, at.start);
}

import { LIST_ATTRIBUTES } from "../list-attributes";

/**
 * True where an attribute is a list for sure, or a list inside of it is.
 * @param type `TYPE`, or `data.TYPE`
 * @param path what is inside, by names with dots between them; nothing for the attribute itself
 */
export function isListAttribute(type: string, attribute: string, path: string): boolean {
  return LIST_ATTRIBUTES.has([type, attribute, ...(path === "" ? [] : [path])].join("."));
}

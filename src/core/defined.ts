/** The members that have a value. */
type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/**
 * Leaves out the members that are undefined, for objects in which a missing member and one that is undefined differ:
 * where they are spread over defaults, or compared.
 */
export function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** A way through the document of a plan, value by value. Each value is taken once, by one of these. */
export interface Walk {
  /** Reads an object member by member, and hands anything else out as it is. `undefined` leaves a member out. */
  members(read: (name: string) => unknown): unknown;
  /** Reads a list item by item, and hands anything else out as it is. `undefined` leaves an item out. */
  items(read: () => unknown): unknown;
  value(): unknown;
  skip(): void;
  /** The changes as `KeptChanges` keeps them. */
  changes(): unknown;
  /** A block of the configuration as `stripBlock` makes it; undefined for one of a type that no rule reads. */
  block(): unknown;
  /** A data source of the prior state as `stripSeen` makes it; undefined for anything else that is an object. */
  seen(): unknown;
  /** What `read` makes of a value, and the JSON of this value. */
  withText(read: () => unknown): { readonly read: unknown; readonly text: Buffer };
}

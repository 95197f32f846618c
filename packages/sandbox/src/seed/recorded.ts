import type { JsonObject } from "./json";

/** The cloud's objects according to a state. */
export interface Recorded {
  /** Resources that exist, as `TYPE ID` (see `recordedName`). */
  readonly resources: ReadonlySet<string>;
  /** What data sources were given and found, by their type. */
  readonly lookUps: ReadonlyMap<string, readonly JsonObject[]>;
}

/** The name of one recorded resource. */
export const recordedName = (type: string, id: string): string => `${type} ${id}`;

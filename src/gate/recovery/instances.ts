import { objectsOfState } from "../../terraform/state/state-objects";

/** Addresses of the resources in a state, each with its id; those that have none have an empty one. */
export type Instances = ReadonlyMap<string, string>;

/**
 * What a state holds, from its JSON. Objects that are about to be destroyed (deposed) and data sources are left out.
 * @returns undefined when the text is no state in the clear
 */
export function instancesIn(text: string): Instances | undefined {
  const resources = objectsOfState(text)?.filter(({ isData }) => !isData);
  return (
    resources && new Map(resources.map(({ address, values: { id } }) => [address, typeof id === "string" ? id : ""]))
  );
}

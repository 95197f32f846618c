import { dataSourceTypes } from "./datasources/registry";
import { resourceTypes } from "./resources/registry";

/** Names of the simulated types, sorted. */
export function simulatedTypes(): { readonly resources: readonly string[]; readonly dataSources: readonly string[] } {
  return { resources: [...resourceTypes.keys()].sort(), dataSources: [...dataSourceTypes.keys()].sort() };
}

/** Regions and access points as tables. */
import { byId } from "./dom.js";
import { fill, makeTable } from "./tables.js";

const idOf = ({ id }) => id;
const number = (title, name) => [title, (row) => String(row[name])];

const regions = makeTable("regionRows", "Regions in use", [
  ["Region", ({ name }) => name],
  ["Id", idOf],
  number("CLBs", "loadBalancers"),
  number("EIPs", "eips"),
  number("Bindings", "bindings"),
  number("Other objects", "others"),
]);

const accessPoints = makeTable("accessPoints", "Access points", [
  ["Access point", ({ name }) => name],
  ["Id", idOf],
  ["Area", ({ serviceLocation }) => serviceLocation],
  ["Leads users to", ({ leadsTo }) => ways(leadsTo)],
]);

function ways(leadsTo) {
  const all = Object.entries(leadsTo).map(([region, count]) => `${region} (${count})`);
  return all.join(", ") || "nowhere yet";
}

export function showNetwork(state) {
  fill(regions, state.regions, idOf);
  fill(accessPoints, state.accessPoints, idOf);
  const empty = state.emptyRegions;
  byId("empty-regions").textContent = `Nothing is in the ${empty.length} other regions: ${empty.join(", ")}.`;
}

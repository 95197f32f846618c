/** The picture's right side: a region with both addresses, the load balancer that they lead to, and its servers. */
import { element } from "./dom.js";
import { FACING, KINDS } from "./words.js";

/** Most servers of one load balancer that are drawn. */
const MOST_SERVERS = 3;

function status(steps) {
  const last = steps?.at(-1)?.status;
  return last ? [element("span", last, { class: "status", "data-status": last })] : [];
}

function addressBox(side, title, address, steps) {
  const lines = [element("p", [element("b", title, { class: side }), " ", ...status(steps)])];
  if (address?.name) lines.push(element("p", address.name, { class: "name" }));
  if (address !== undefined) lines.push(element("p", [element("code", address.ip || address.id)]));
  return element("div", lines, { class: `box address ${side}` });
}

function targetBox({ kind, id, name, facing, listeners }) {
  const lines = [element("p", [element("b", KINDS[kind] ?? "Gone"), ` ${FACING[facing] ?? ""}`])];
  if (name) lines.push(element("p", name, { class: "name" }));
  lines.push(element("p", [element("code", id)]));
  if (listeners.total > 0) lines.push(element("p", `listens at ${listeners.first.join(", ")}`, { class: "small" }));
  return element("div", lines, { class: "box target" });
}

function serverItem({ id, name, status: state }) {
  const lines = [element("p", [name ? element("span", name, { class: "name" }) : element("code", id)])];
  if (state !== "Running") lines.push(element("p", state || "gone", { class: "small" }));
  return element("li", lines, { class: "box server" });
}

function serverList({ first, total }) {
  const items = first.slice(0, MOST_SERVERS).map(serverItem);
  const more = total - items.length;
  if (total === 0) items.push(element("li", "no server yet", { class: "small" }));
  if (more > 0) items.push(element("li", `and ${more} more`, { class: "small" }));
  return element("ul", items, { class: "servers", "aria-label": "Servers" });
}

function box(title, parts, { name, carries, more = "" }) {
  return element("section", [element("h3", title), ...parts], {
    class: `region${more}`,
    "data-carries": String(carries),
    "aria-label": `Region ${name}`,
  });
}

function regionBox({ region, regionName, target, steps, carries }, address) {
  const plain = target.plain.first[0];
  const parts = [
    addressBox("fast", "Anycast EIP", address, steps),
    targetBox(target),
    ...(target.kind === "instance" ? [] : [serverList(target.servers)]),
    plain === undefined
      ? element("p", "No plain EIP leads here: there is nothing to compare with.", { class: "small nothing" })
      : addressBox("slow", "Plain EIP", plain, plain.steps),
  ];
  const title = ["Region ", element("b", regionName), " ", element("code", region)];
  return box(title, parts, { name: regionName, carries });
}

/** What there will be once something is bound. */
function emptyRegion(address, example) {
  const nothing = address === undefined ? "There is none yet." : "This address is bound to none yet.";
  const balancer = [element("p", [element("b", "CLB"), " internal"]), element("p", nothing, { class: "small" })];
  const parts = [
    addressBox("fast", "Anycast EIP", address),
    element("div", balancer, { class: "box target ghost" }),
    element("ul", [element("li", "your servers", { class: "box server ghost" })], {
      class: "servers",
      "aria-label": "Servers",
    }),
    addressBox("slow", "Plain EIP"),
  ];
  return box(["Region, ", element("b", example), " for example"], parts, {
    name: example,
    carries: true,
    more: " empty",
  });
}

export function regionItems({ regions, address, example }) {
  if (regions.length === 0) return [emptyRegion(address, example)];
  return regions.map((region) => regionBox(region, address));
}

/** Cards: an Anycast EIP, its bindings, and the load balancer and servers behind each, in one place. */
import { byId, element, someText, statusSteps } from "./dom.js";
import { AREAS, FACING, KINDS } from "./words.js";

const code = (text) => element("code", text);
const nameOf = (name, fallback) => element("b", name || fallback, { class: "name" });

/** Pairs of a name and its value; what is empty is left out. */
function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== "" && value !== undefined);
  return element(
    "dl",
    shown.map(([name, value]) =>
      element("div", [element("dt", name), element("dd", typeof value === "string" ? value : [value])]),
    ),
  );
}

function plainPart({ ip, name, id, steps }) {
  const title = element("p", [element("b", "Plain EIP", { class: "slow" }), " ", code(ip)], { class: "part-title" });
  return element(
    "div",
    [
      title,
      facts([
        ["Name", name],
        ["Id", code(id)],
        ["Status", statusSteps(steps)],
      ]),
    ],
    { class: "part" },
  );
}

const serverNames = ({ first, total }) => ({
  first: first.map(({ id, name }) => (name ? `${name} (${id})` : id)),
  total,
});

function targetParts({ kind, id, name, address, facing, vpc, steps, listeners, servers, plain }) {
  const title = element("p", [element("b", KINDS[kind] ?? "What it leads to"), " ", nameOf(name, id)], {
    class: "part-title",
  });
  const balancer = kind === "load-balancer";
  const about = facts([
    ["Id", name ? code(id) : ""],
    ["Status", steps.length > 0 ? statusSteps(steps) : "gone"],
    ["Address", [address, FACING[facing] ?? facing].filter((text) => text !== "").join(", ")],
    ["VPC", vpc && code(vpc)],
    ["Listeners", balancer ? someText(listeners) || "none" : ""],
    ["Servers", kind === "instance" ? "" : someText(serverNames(servers)) || "none"],
  ]);
  return [element("div", [title, about], { class: "part" }), ...plain.first.map(plainPart)];
}

function bindingPart({ regionName, region, mode, accessPoints, steps, target }) {
  const title = element("p", [element("b", "Bound in"), " ", element("b", regionName, { class: "name" })], {
    class: "part-title",
  });
  const about = facts([
    ["Region", code(region)],
    ["Status", statusSteps(steps)],
    ["Takes traffic from", `${accessPoints.join(", ") || "all access points not claimed by another"} (${mode})`],
  ]);
  return element("div", [title, about, ...targetParts(target)], { class: "binding" });
}

function anycastCard({ id, name, ip, area, bandwidth, steps, bindings }, shown, ask) {
  const show = element("button", shown ? "In the picture" : "Show in the picture", {
    type: "button",
    "aria-pressed": String(shown),
  });
  show.addEventListener("click", () => ask({ address: id }));
  const about = facts([
    ["Anycast EIP", code(ip)],
    ["Id", code(id)],
    ["Area", [AREAS[area] ?? area, bandwidth && `${bandwidth} Mbit/s`].filter((text) => text !== "").join(", ")],
    ["Status", statusSteps(steps)],
  ]);
  const parts = bindings.map(bindingPart);
  const none = element("p", "Bound to nothing: nobody answers at this address.", { class: "empty" });
  const where = bindings.map((one) => `${lastStatus(one.steps)} in ${one.regionName}`);
  const brief = [ip, ...(where.length > 0 ? where : ["bound to nothing"])].join(", ");
  return foldable(nameOf(name, ip || id), brief, [about, ...(parts.length > 0 ? parts : [none]), show]);
}

const lastStatus = (steps) => steps.at(-1)?.status ?? "";

/** A card that shows one line when it is folded, as it begins on a small screen. */
function foldable(name, brief, parts) {
  const summary = element("summary", [element("h3", [name]), element("p", brief, { class: "small brief" })]);
  return [element("details", [summary, ...parts])];
}

function contentOf(card, query, ask) {
  if (card.kind === "anycast") return anycastCard(card, card.id === query.address, ask);
  if (card.kind === "eip") {
    const { plain, boundTo } = card;
    const about = boundTo === "" ? "Bound to nothing." : `Bound to ${boundTo}.`;
    const parts = [plainPart(plain), element("p", about, { class: "empty" })];
    return foldable(nameOf(plain.name, plain.ip || plain.id), `plain EIP ${plain.ip}`, parts);
  }
  const { target } = card;
  const none = element("p", "No Anycast EIP leads here.", { class: "empty" });
  const brief = `${KINDS[target.kind] ?? target.kind} in ${target.regionName}`;
  return foldable(nameOf(target.name, target.id), brief, [...targetParts(target), none]);
}

/** What each card shows, as text. */
const drawn = new WeakMap();

/** Cards are folded where only few of them fit on the screen. */
const roomy = matchMedia("(width > 48rem)");
roomy.addEventListener("change", () => {
  for (const details of document.querySelectorAll("#cards details")) details.open = roomy.matches;
});

/** A card that is drawn again stays as the user left it; the only one that was found is open. */
const isOpen = (old, alone) => old?.querySelector("details").open ?? (alone || roomy.matches);

export function showCards({ addresses, picture }, query, ask) {
  const { cards, page, pages, first, found, total } = addresses;
  query.page = page;
  const holder = byId("cards");
  const before = new Map([...holder.children].map((card) => [card.dataset.key, card]));
  const inPicture = { ...query, address: picture.address?.id ?? "" };
  for (const [index, card] of cards.entries()) {
    const text = JSON.stringify([card, card.id === inPicture.address]);
    const old = before.get(card.key);
    before.delete(card.key);
    const item =
      old !== undefined && drawn.get(old) === text
        ? old
        : element("li", contentOf(card, inPicture, ask), { "data-key": card.key, class: `card ${card.kind}` });
    drawn.set(item, text);
    if (item !== old) item.querySelector("details").open = isOpen(old, found === 1);
    if (old !== undefined && item !== old) replace(old, item);
    if (holder.children[index] !== item) holder.insertBefore(item, holder.children[index] ?? null);
  }
  for (const card of before.values()) card.remove();
  byId("range").textContent = rangeText(first, first + cards.length - 1, found, total);
  byId("previous").disabled = page <= 1;
  byId("next").disabled = page >= pages;
  byId("no-cards").hidden = found > 0;
  byId("no-cards").textContent =
    total === 0 ? "No address and no load balancer yet." : `Nothing is called “${query.find}”.`;
}

function rangeText(first, last, found, total) {
  if (found === 0) return "0";
  return `${first}–${last} of ${found}${found === total ? "" : ` found, ${total} in all`}`;
}

/** A card that changed in place: the keyboard stays where it was. */
function replace(old, item) {
  const focused = old.contains(document.activeElement) && document.activeElement.tagName.toLowerCase();
  item.classList.add("changed");
  old.replaceWith(item);
  if (focused) item.querySelector(focused)?.focus();
}

/** The lines of the picture: from box to box as the page has laid them out, in rows on a wide screen and in columns on a small one. */
import { byId, svgElement } from "./dom.js";

/** How round a corner is, and how far the shared lines keep from the boxes, in pixels. */
const ROUND = 10;
const APART = 16;
const TIP = 2;

const map = byId("map");

function boxOf(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  const origin = map.getBoundingClientRect();
  const [x, y] = [left - origin.left, top - origin.top];
  return { left: x, right: x + width, top: y, bottom: y + height, x: x + width / 2, y: y + height / 2 };
}

/** Straight lines through points, with round corners. */
function through(points) {
  const [first, ...rest] = points;
  const parts = [`M${at(first)}`];
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) parts.push(`L${at(point)}`);
    else
      parts.push(
        `L${at(towards(point, index === 0 ? first : rest[index - 1]))}Q${at(point)} ${at(towards(point, next))}`,
      );
  });
  return parts.join("");
}

const at = ([x, y]) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

function towards([x, y], [toX, toY]) {
  const length = Math.hypot(toX - x, toY - y);
  const part = length === 0 ? 0 : Math.min(ROUND, length / 2) / length;
  return [x + (toX - x) * part, y + (toY - y) * part];
}

function curve([x, y], [toX, toY]) {
  const half = (toX - x) / 2;
  return `M${at([x, y])}C${at([x + half, y])} ${at([toX - half, toY])} ${at([toX, toY])}`;
}

/** Boxes side by side, from left to right. */
function wideWays({ users, entryOf, backbone, internet, regions }) {
  const bus = Math.max(...users.map(({ slow }) => slow.right)) + APART;
  const ways = users.flatMap(({ id, entry, fast, slow }) => {
    const to = entryOf.get(entry);
    return [
      ...(to === undefined ? [] : [{ side: "fast", id, d: curve([fast.right, fast.y], [to.left - TIP, to.y]) }]),
      {
        side: "slow",
        id,
        d: through([
          [slow.right, slow.y],
          [bus, slow.y],
          [bus, internet.top - TIP],
        ]),
      },
    ];
  });
  for (const entry of entryOf.values())
    ways.push({ side: "fast", d: `M${at([entry.right, entry.y])}H${backbone.left}` });
  for (const { fast, slow, carries } of regions) {
    const start = Math.min(Math.max(fast.y, backbone.top + ROUND), backbone.bottom - ROUND);
    if (carries) ways.push({ side: "fast", d: curve([backbone.right, start], [fast.left - TIP, fast.y]) });
    if (slow !== undefined)
      ways.push({ side: "slow", d: curve([internet.right, internet.y], [slow.left - TIP, slow.y]) });
  }
  return ways;
}

/** Boxes one below the other: Anycast comes down on the left, the public internet on the right. */
function tallWays({ usersBox, entriesBox, backbone, internet, regions }) {
  const down = (side, from, to) => ({ side, d: `M${at([to.x, from.bottom])}V${to.top - TIP}` });
  const ways = [
    down("fast", usersBox, entriesBox),
    down("slow", usersBox, internet),
    down("fast", entriesBox, backbone),
  ];
  for (const { box, fast, slow, carries } of regions) {
    const [left, right] = [box.left + APART / 2 + 2, box.right - APART / 2 - 2];
    if (carries) {
      const under = backbone.bottom + APART;
      ways.push({
        side: "fast",
        d: through([
          [backbone.x, backbone.bottom],
          [backbone.x, under],
          [left, under],
          [left, fast.y],
          [fast.left - TIP, fast.y],
        ]),
      });
    }
    if (slow === undefined) continue;
    const under = internet.bottom + APART;
    ways.push({
      side: "slow",
      d: through([
        [internet.x, internet.bottom],
        [internet.x, under],
        [right, under],
        [right, slow.y],
        [slow.right + TIP, slow.y],
      ]),
    });
  }
  return ways;
}

/** From the addresses to the load balancer, and from there to the servers. */
function insideWays({ fast, slow, target, servers, carries }) {
  const side = "inside";
  return [
    ...(carries ? [{ side, d: `M${at([target.x, fast.bottom])}V${target.top - TIP}` }] : []),
    ...(slow === undefined ? [] : [{ side, d: `M${at([target.x, slow.top])}V${target.bottom + TIP}` }]),
    ...servers.map((server) => ({ side, d: curve([target.right, target.y], [server.left - TIP, server.y]) })),
  ];
}

function layout() {
  const find = (selector) => document.querySelector(`#map ${selector}`);
  const all = (selector, within = map) => [...within.querySelectorAll(selector)];
  const box = (node) => (node === null ? undefined : boxOf(node));
  return {
    wide: getComputedStyle(map).getPropertyValue("--layout").trim() === "wide",
    usersBox: boxOf(find(".users")),
    entriesBox: boxOf(find(".entries")),
    backbone: boxOf(find(".backbone")),
    internet: boxOf(find(".internet")),
    users: all(".user").map((user) => ({
      id: user.dataset.user,
      entry: user.dataset.entry,
      fast: { ...boxOf(user.querySelector(".bar.fast")), right: boxOf(user).right },
      slow: { ...boxOf(user.querySelector(".bar.slow")), right: boxOf(user).right },
    })),
    entryOf: new Map(all(".entry").map((entry) => [entry.dataset.entry, boxOf(entry)])),
    regions: all(".region").map((region) => ({
      box: boxOf(region),
      fast: boxOf(region.querySelector(".address.fast")),
      slow: box(region.querySelector(".address.slow")),
      target: boxOf(region.querySelector(".target")),
      servers: all("li.server", region).map(boxOf),
      carries: region.dataset.carries === "true",
    })),
  };
}

let inUse = [];

function draw() {
  const seen = layout();
  const ways = [...(seen.wide ? wideWays(seen) : tallWays(seen)), ...seen.regions.flatMap(insideWays)];
  const anyInUse = (side) => inUse.some((one) => one.startsWith(`${side} `));
  const busy = ({ side, id }) => (id === undefined ? anyInUse(side) : inUse.includes(`${side} ${id}`));
  const lines = ways.map(({ side, d }) =>
    svgElement("path", { d, class: `way ${side}`, "marker-end": `url(#tip-${side})` }),
  );
  const dots = ways.filter(busy).map(({ side, d }) => svgElement("path", { d, class: `requests ${side}` }));
  byId("lines").replaceChildren(...lines, ...dots);
}

/** @param ways those in use just now, `fast london` */
export function drawWays(ways) {
  inUse = ways;
  draw();
}

new ResizeObserver(draw).observe(map);

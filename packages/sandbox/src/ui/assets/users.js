/** The picture's left side: users with what both ways take them, and the entry points that are nearest to them. */
import { element, milliseconds, placeName } from "./dom.js";

/** What a way takes: the median of real requests, else a round trip by the map. */
function sideOf(times, expectedMs) {
  if (times !== undefined && times.answered > 0) return { ms: times.totalMs, live: true, times };
  return { ms: expectedMs, live: false, times };
}

const sidesOf = ({ accelerated, plain, expected }) => ({
  fast: sideOf(accelerated, expected.acceleratedMs),
  slow: sideOf(plain, expected.plainMs),
});

function bar(side, { ms, live, times }, longest) {
  const fill = element("span", "", { class: "fill" });
  fill.style.width = ms === undefined ? "0" : `${Math.max(2, (100 * ms) / longest)}%`;
  const value = [element("b", ms === undefined ? "–" : `${live ? "" : "≈ "}${milliseconds(ms)}`)];
  if (times?.failed > 0)
    value.push(element("span", `${times.failed} of ${times.failed + times.answered} failed`, { class: "failed" }));
  const parts = [
    element("span", side === "fast" ? "Anycast" : "Plain EIP", { class: "side" }),
    element("span", [fill], { class: "track" }),
    element("span", value, { class: "ms" }),
  ];
  return element("p", parts, { class: `bar ${side}${live ? " live" : ""}` });
}

/** −25 %, when both times are of the same kind. */
function changeOf({ fast, slow }) {
  if (fast.ms === undefined || slow.ms === undefined || fast.live !== slow.live) return [];
  const percent = Math.round((100 * (fast.ms - slow.ms)) / slow.ms);
  const text = percent === 0 ? "±0 %" : `${percent < 0 ? "−" : "+"}${Math.abs(percent)} %`;
  return [element("span", text, { class: `change${percent < 0 && fast.live ? " good" : ""}` })];
}

function detailsOf({ fast, slow }, user, regions) {
  const lines = [];
  if (regions.length > 0 && user.region === undefined) lines.push("The Anycast EIP leads nowhere yet.");
  if (regions.length > 1 && user.region !== undefined)
    lines.push(`to ${regions.find(({ region }) => region === user.region)?.regionName ?? user.region}`);
  if (fast.live && slow.live) {
    const connect = `connect ${Math.round(slow.times.connectMs)} → ${milliseconds(fast.times.connectMs)}`;
    lines.push(`${connect}, ${slow.times.answered + fast.times.answered} requests`);
  }
  return lines.map((line) => element("p", line, { class: "small" }));
}

function userItem(user, longest, regions) {
  const sides = sidesOf(user);
  const title = [element("b", placeName(user.id), { class: "name" }), ...changeOf(sides)];
  const parts = [
    element("p", title, { class: "title" }),
    bar("fast", sides.fast, longest),
    bar("slow", sides.slow, longest),
    ...detailsOf(sides, user, regions),
  ];
  return element("li", parts, { class: "box user", "data-user": user.id, "data-entry": user.entry ?? "" });
}

/** @param regions where the address is bound */
export function userItems(users, regions) {
  const all = users.flatMap((user) => Object.values(sidesOf(user)).map(({ ms }) => ms ?? 0));
  const longest = Math.max(1, ...all);
  return users.map((user) => userItem(user, longest, regions));
}

export function entryItem({ id, name }, users) {
  const from = users
    .filter(({ entry }) => entry === id)
    .map(({ id: user, expected: { toEntryMs } }) =>
      toEntryMs === undefined ? `near ${placeName(user)}` : `${milliseconds(toEntryMs)} from ${placeName(user)}`,
    );
  const parts = [element("b", name, { class: "name" }), element("p", from.join(", "), { class: "small" })];
  return element("li", parts, { class: "box entry", "data-entry": id });
}

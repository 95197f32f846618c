/** The picture: users, entry points, backbone, region, load balancer and servers, with both ways and their times. */
import { byId, element } from "./dom.js";
import { regionItems } from "./regions.js";
import { entryItem, userItems } from "./users.js";
import { drawWays } from "./ways.js";

/** A way counts as in use for so long after a request, in milliseconds. */
const FRESH = 3000;

const isFresh = (times, at) => times !== undefined && at - times.at < FRESH;

let drawn = "";
let timer;

export function showPicture({ picture, counts, at }) {
  const { address, users, entries, regions } = picture;
  const inUse = users.flatMap(({ id, accelerated, plain }) => [
    ...(isFresh(accelerated, at) ? [`fast ${id}`] : []),
    ...(isFresh(plain, at) ? [`slow ${id}`] : []),
  ]);
  const text = JSON.stringify([picture, counts.anycast]);
  if (text !== drawn) {
    drawn = text;
    byId("users").replaceChildren(...userItems(users, regions));
    byId("entries").replaceChildren(...entries.map((entry) => entryItem(entry, users)));
    byId("regions").replaceChildren(...regionItems(picture));
    byId("shown").replaceChildren(...shownText(address, counts.anycast));
    byId("measured").replaceChildren(...measuredText(users));
  }
  drawWays(inUse);
  clearTimeout(timer);
  if (inUse.length > 0) timer = setTimeout(() => drawWays([]), FRESH);
}

function shownText(address, total) {
  if (address === undefined) return ["There is no Anycast EIP yet. This is how it will be."];
  const which = ["Shown: ", element("b", address.name || address.id), " ", element("code", address.ip)];
  return total > 1 ? [...which, `, one of ${total} addresses. Any other is shown by a button on its card.`] : which;
}

const LIVE =
  "Times without ≈ were measured: medians of the latest 40 requests through the sandbox’s internet, from opening the " +
  "connection to the last byte. Its delays are made up, and say nothing about the real internet.";

function measuredText(users) {
  const times = users.flatMap(({ accelerated, plain }) => [accelerated, plain]);
  if (times.some((one) => one?.answered > 0)) return [LIVE];
  const command = "anycast verify --from london,hong-kong,frankfurt,virginia";
  return [
    "Times with ≈ are round trips by the map. Run ",
    element("code", command),
    " in the sandbox: what its requests take is drawn here as they are answered.",
  ];
}

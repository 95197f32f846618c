/** The sandbox's page: asks for what it shows whenever the server tells that something is new. */
import { byId, remember, remembered } from "./dom.js";
import { showCards } from "./cards.js";
import { addToLog, replaceLog } from "./log.js";
import { showNetwork } from "./network.js";
import { showPicture } from "./picture.js";

/** How long after a refusal to ask again, in milliseconds; a broken connection the browser tries again by itself. */
const ASK_AGAIN = 2000;
/** Least time between two looks at the state, in milliseconds: many changes in a row are one look. */
const LOOK_AFTER = 250;

const query = { address: "", find: "", page: 1, ...remembered("query") };
byId("find").value = query.find;

function ask(changes) {
  Object.assign(query, changes);
  remember("query", query);
  look(0);
}

let landed = false;

/** What the address of the page names was elsewhere while the lists were empty. */
function land() {
  if (landed) return;
  landed = true;
  if (location.hash !== "") byId(location.hash.slice(1))?.scrollIntoView();
}

function show(state) {
  for (const [name, count] of Object.entries(state.counts))
    for (const shown of document.querySelectorAll(`[data-count="${name}"]`)) shown.textContent = String(count);
  byId("hint").hidden = state.regions.length > 0 || state.counts.anycast > 0;
  showPicture(state);
  showCards(state, query, ask);
  showNetwork(state);
  byId("account").textContent = state.accountId;
  byId("directory").textContent = state.directory;
  land();
}

let looking = false;
let again = false;
let timer;
let lookedAt = -LOOK_AFTER;

/** Asks for the state soon; what changes meanwhile is seen by the next look. */
function look(after = Math.max(0, lookedAt + LOOK_AFTER - performance.now())) {
  if (looking) {
    again = true;
    return;
  }
  clearTimeout(timer);
  timer = setTimeout(async () => {
    looking = true;
    again = false;
    lookedAt = performance.now();
    const asked = new URLSearchParams(query).toString();
    try {
      const answer = await fetch(`/state?${asked}`);
      // What was asked for may have changed while the answer was on its way.
      if (answer.ok && asked === new URLSearchParams(query).toString()) show(await answer.json());
    } catch {
      // The stream of events says what is wrong; what was last stays.
    }
    looking = false;
    if (again) look();
  }, after);
}

byId("find").addEventListener("input", ({ target }) => ask({ find: target.value, page: 1 }));
byId("find").form.addEventListener("submit", (event) => event.preventDefault());
byId("previous").addEventListener("click", () => ask({ page: query.page - 1 }));
byId("next").addEventListener("click", () => ask({ page: query.page + 1 }));

const header = document.querySelector("header");

/** What a link leads to shall not end up under the header, however many lines that has. */
new ResizeObserver(() => {
  const covers = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
  document.documentElement.style.scrollPaddingTop = `${covers + 12}px`;
}).observe(header);

const connection = byId("connection");
let stopped = false;

function say(state, text) {
  connection.dataset.state = state;
  connection.textContent = text;
}

const STOPPED = "The sandbox has stopped. You see what was last; the page goes on when it is back here.";
const LOST = "Not connected: the sandbox does not answer. You see what was last.";

function connect() {
  const source = new EventSource("/events");
  const on = (event, handle) => source.addEventListener(event, ({ data }) => handle(JSON.parse(data)));
  on("all", ({ log }) => {
    stopped = false;
    say("live", "Live");
    replaceLog(log);
    look(0);
  });
  on("changed", () => look());
  on("log", addToLog);
  on("stopped", () => {
    stopped = true;
    say("stopped", STOPPED);
  });
  source.addEventListener("error", () => {
    if (!stopped) say("lost", LOST);
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, ASK_AGAIN);
  });
}

connect();

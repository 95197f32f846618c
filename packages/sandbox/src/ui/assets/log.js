/** The request log: a filter, a pause, and what somebody chose kept over a reload. */
import { byId, element, remember, remembered, time } from "./dom.js";
import { fill, makeTable } from "./tables.js";

/** As many as the server keeps. */
const MOST = 500;
/** As many as are shown at first, and more with each press of the button. */
const STEP = 50;
const READ = /^(Describe|List|Get|Query)/;

const filter = byId("filter");
const changes = byId("changes");
const pause = byId("pause");
const older = byId("older");
const waiting = byId("waiting");

const table = makeTable("log", "Requests", [
  ["Request", ({ product, action }) => `${product} ${action}`],
  ["Time", ({ at }) => [time(at)]],
  ["Region", ({ region }) => region || "–"],
  ["Outcome", (entry) => outcome(entry)],
  ["Took", ({ ms }) => `${Math.round(ms)} ms`],
  ["Parameters", ({ params, requestId }) => parameters(params, requestId)],
]);

/** Latest first. */
let entries = [];
let paused = false;
let held = [];
let heldCount = 0;
let most = STEP;

function outcome({ outcome, httpStatus, fault }) {
  const good = outcome === "ok";
  const text = good ? "ok" : `${httpStatus} ${outcome}`;
  const shown = element("span", text, { class: "status", "data-status": good ? "ok" : "failed" });
  return fault === undefined ? [shown] : [shown, ` (fault: ${fault})`];
}

function parameters(params, requestId) {
  const all = Object.entries(params);
  const details = element("details");
  const names = element("dl");
  for (const [name, value] of [...all, ["RequestId", requestId]])
    names.append(element("dt", name), element("dd", value));
  details.append(element("summary", all.length === 1 ? "1 parameter" : `${all.length} parameters`), names);
  return [details];
}

function wanted(entry) {
  if (changes.checked && READ.test(entry.action)) return false;
  const sought = filter.value.trim().toLowerCase();
  if (sought === "") return true;
  const { product, action, region, outcome, requestId, params } = entry;
  const text = [product, action, region, outcome, requestId, ...Object.values(params)].join(" ");
  return text.toLowerCase().includes(sought);
}

function show() {
  const found = entries.filter(wanted);
  fill(table, found.slice(0, most), ({ number }) => String(number));
  document.querySelector('[data-count="log"]').textContent = String(entries.length);
  older.hidden = found.length <= most;
  waiting.textContent = heldCount === 0 ? "" : `${heldCount} new while paused`;
}

/** Puts newer entries on top. */
export function addToLog(newer) {
  if (paused) {
    held = [...held, ...newer].slice(-MOST);
    heldCount += newer.length;
  } else entries = [...newer.toReversed(), ...entries].slice(0, MOST);
  show();
}

/** Begins again, with what the server has. */
export function replaceLog(all) {
  held = [];
  heldCount = 0;
  entries = all.toReversed();
  show();
}

function keep() {
  most = STEP;
  remember("log", { filter: filter.value, changes: changes.checked });
  show();
}

const kept = remembered("log");
filter.value = kept.filter ?? "";
changes.checked = kept.changes === true;

filter.addEventListener("input", keep);
changes.addEventListener("change", keep);
filter.form.addEventListener("submit", (event) => event.preventDefault());
pause.addEventListener("click", () => {
  paused = !paused;
  pause.setAttribute("aria-pressed", String(paused));
  if (paused) return;
  heldCount = 0;
  addToLog(held.splice(0));
});
older.addEventListener("click", () => {
  most += STEP;
  show();
});

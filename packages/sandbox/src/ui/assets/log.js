/** The request log: a filter, a pause, and what somebody chose kept over a reload. */
import { element, fill, makeTable, time } from "./tables.js";

/** As many as the server keeps. */
const MOST = 500;
const READ = /^(Describe|List|Get|Query)/;

const filter = document.querySelector("#filter");
const changes = document.querySelector("#changes");
const pause = document.querySelector("#pause");
const waiting = document.querySelector("#waiting");

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
  fill(table, entries.filter(wanted), ({ number }) => String(number));
  waiting.textContent = held.length === 0 ? "" : `${held.length} new while paused`;
}

/** Puts newer entries on top. */
export function addToLog(newer) {
  if (paused) held.push(...newer);
  else entries = [...newer.toReversed(), ...entries].slice(0, MOST);
  show();
}

/** Begins again, with what the server has. */
export function replaceLog(all) {
  held = [];
  entries = all.toReversed();
  show();
}

function keep() {
  try {
    sessionStorage.setItem("log", JSON.stringify({ filter: filter.value, changes: changes.checked }));
  } catch {
    // A browser without storage still shows everything.
  }
  show();
}

try {
  const kept = JSON.parse(sessionStorage.getItem("log") ?? "{}");
  filter.value = kept.filter ?? "";
  changes.checked = kept.changes === true;
} catch {
  // As above.
}

filter.addEventListener("input", keep);
changes.addEventListener("change", keep);
filter.form.addEventListener("submit", (event) => event.preventDefault());
pause.addEventListener("click", () => {
  paused = !paused;
  pause.setAttribute("aria-pressed", String(paused));
  if (!paused) addToLog(held.splice(0));
});

/** The sandbox's page: shows what the server tells, as it tells it. */
import { addToLog, replaceLog } from "./log.js";
import { fill, makeTable, statusSteps } from "./tables.js";

/** How long after a refusal to ask again, in milliseconds; a broken connection the browser tries again by itself. */
const ASK_AGAIN = 2000;

const byId = ({ id }) => id;
const byKey = ({ key }) => key;
const nameOf = ({ name }) => name || "–";
const status = ["Status", ({ steps }) => statusSteps(steps)];
const fact = (title, name, unit = "") => [title, ({ facts }) => (facts[name] ? `${facts[name]}${unit}` : "–")];
const number = (title, name) => [title, (row) => String(row[name])];

const tables = {
  anycast: [
    makeTable("anycast", "Anycast EIP addresses", [
      ["Id", byId],
      ["Name", nameOf],
      fact("Address", "ip"),
      fact("Service location", "service-location"),
      fact("Bandwidth", "bandwidth", " Mbit/s"),
      status,
    ]),
    byId,
  ],
  bindings: [
    makeTable("bindings", "Bindings", [
      ["Anycast EIP", ({ anycastId }) => anycastId],
      ["Name or address", ({ address }) => address || "–"],
      ["Leads to", ({ instanceId }) => instanceId],
      ["Type", ({ instanceType }) => instanceType],
      ["Region", ({ region }) => region],
      ["Mode", ({ mode }) => mode],
      ["Access points", ({ popLocations }) => popLocations.join(", ") || "all not claimed by another"],
      status,
    ]),
    byKey,
  ],
  loadBalancers: [
    makeTable("loadBalancers", "Load balancers", [
      ["Id", byId],
      ["Name", nameOf],
      ["Region", ({ region }) => region],
      fact("Address", "address"),
      fact("Faces", "address-type"),
      fact("VPC", "vpc"),
      status,
    ]),
    byId,
  ],
  eips: [
    makeTable("eips", "Plain EIP addresses", [
      ["Id", byId],
      ["Name", nameOf],
      ["Region", ({ region }) => region],
      fact("Address", "ip"),
      fact("Bound to", "instance"),
      status,
    ]),
    byId,
  ],
  regions: [
    makeTable("regions", "Regions in use", [
      ["Region", byId],
      number("CLBs", "loadBalancers"),
      number("EIPs", "eips"),
      number("Bindings", "bindings"),
      number("Other objects", "others"),
    ]),
    byId,
  ],
  accessPoints: [
    makeTable("accessPoints", "Access points", [
      ["Access point", byId],
      ["Place", ({ name }) => name],
      ["Serves", ({ serviceLocation }) => serviceLocation],
      ["Leads users to", ({ leadsTo }) => ways(leadsTo)],
    ]),
    byId,
  ],
};

function ways(leadsTo) {
  const all = Object.entries(leadsTo).map(([region, count]) => `${region} (${count})`);
  return all.join(", ") || "nowhere yet";
}

let landed = false;

/** What the address of the page names was elsewhere while the lists were empty. */
function land() {
  if (landed) return;
  landed = true;
  if (location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function showState(state) {
  for (const [name, [table, keyOf]] of Object.entries(tables)) fill(table, state[name].rows, keyOf, state[name].total);
  document.querySelector("#hint").hidden = state.regions.total > 0 || state.anycast.total > 0;
  const [summary, names] = document.querySelector("#empty-regions").children;
  summary.textContent = `${state.emptyRegions.length} regions with nothing in them`;
  names.textContent = state.emptyRegions.join(", ");
  document.querySelector("#account").textContent = state.accountId;
  document.querySelector("#directory").textContent = state.directory;
}

const connection = document.querySelector("#connection");
let stopped = false;

function say(state, text) {
  connection.dataset.state = state;
  connection.textContent = text;
}

const STOPPED = "The sandbox has stopped. You see what was last; the page goes on when it is back here.";
const LOST = "Not connected: the sandbox does not answer. You see what was last.";

let source;
function connect() {
  source = new EventSource("/events");
  const on = (event, handle) => source.addEventListener(event, ({ data }) => handle(JSON.parse(data)));
  on("all", ({ state, log }) => {
    stopped = false;
    say("live", "Live");
    showState(state);
    replaceLog(log);
    land();
  });
  on("state", showState);
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

/** Making elements. Everything that is shown goes through here: as text, never as markup. */

/** The name of SVG's own elements, as the page has it. */
const SVG = document.querySelector("svg").namespaceURI;

/**
 * An element.
 * @param content text, or a list of elements and texts
 */
export function element(name, content = "", attributes = {}) {
  const made = document.createElement(name);
  if (typeof content === "string") made.textContent = content;
  else made.append(...content);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function svgElement(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** `20:13:05`, with the whole date for machines. */
export function time(at) {
  const date = new Date(at);
  return element("time", date.toTimeString().slice(0, 8), { datetime: date.toISOString() });
}

/** A status with its history: `BINDING 20:13:05 → BINDED 20:13:09`. */
export function statusSteps(steps) {
  const parts = steps.flatMap(({ status, at }, index) => {
    const last = index === steps.length - 1;
    return [
      ...(index === 0 ? [] : [" → "]),
      element("span", status || "–", last ? { class: "status", "data-status": status } : { class: "past" }),
      ...(at === undefined ? [] : [" ", time(at)]),
    ];
  });
  return element("span", parts, { class: "steps" });
}

/** A list that the server cut: `a, b and 3 more`. */
export function someText({ first, total }) {
  const more = total - first.length;
  return more > 0 ? `${first.join(", ")} and ${more} more` : first.join(", ");
}

/** `hong-kong` as people write it. */
export const placeName = (id) =>
  id.replace(/(^|-)([a-z])/g, (_, dash, letter) => (dash ? " " : "") + letter.toUpperCase());

export const milliseconds = (ms) => `${Math.round(ms)} ms`;

/** What the user chose on this page, kept over a reload. */
export function remembered(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

export function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A browser without storage still shows everything.
  }
}

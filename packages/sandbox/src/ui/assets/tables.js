/** Tables that change in place: rows keep their identity, so focus, selection and open details stay. */

/** An element with text. Everything that is shown goes through here: as text, never as markup. */
export function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** `20:13:05`, with the whole date for machines. */
export function time(at) {
  const date = new Date(at);
  return element("time", date.toTimeString().slice(0, 8), { datetime: date.toISOString() });
}

/** A status with its history: `BINDING 20:13:05 → BINDED 20:13:09`. */
export function statusSteps(steps) {
  return steps.flatMap(({ status, at }, index) => {
    const last = index === steps.length - 1;
    return [
      ...(index === 0 ? [] : [" → "]),
      element("span", status || "–", last ? { class: "status", "data-status": status } : { class: "past" }),
      ...(at === undefined ? [] : [" ", time(at)]),
    ];
  });
}

export const list = (name) => document.querySelector(`[data-list="${name}"]`);

/**
 * Makes an empty table.
 * @param columns pairs of title and a function that makes a cell's content of an item: text, or a list of nodes
 */
export function makeTable(name, title, columns) {
  const holder = list(name);
  const table = element("table", "", { "aria-label": title });
  const head = element("tr");
  for (const [heading] of columns) head.append(element("th", heading, { scope: "col" }));
  table.append(element("thead"), element("tbody"));
  table.tHead.append(head);
  holder.append(table, element("p", "", { class: "more" }));
  // Wide tables scroll, with the keyboard too.
  for (const [key, value] of [
    ["tabindex", "0"],
    ["role", "region"],
    ["aria-label", title],
  ])
    holder.setAttribute(key, value);
  return { name, columns, body: table.tBodies[0], holder };
}

/** What each row shows. */
const shown = new WeakMap();

/** Brings a table's rows to what they shall be. */
export function fill({ name, columns, body, holder }, items, keyOf, total = items.length) {
  const before = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  let next = body.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const row = before.get(key) ?? element("tr", "", { "data-key": key });
    before.delete(key);
    // The very same item looks the same: a request in the log never changes.
    if (shown.get(row) !== item) {
      shown.set(row, item);
      columns.forEach(([heading, content], index) => fillCell(row, index, heading, content(item)));
    }
    if (row === next) next = next.nextElementSibling;
    else body.insertBefore(row, next);
  }
  for (const row of before.values()) row.remove();
  holder.hidden = items.length === 0;
  document.querySelector(`[data-empty="${name}"]`).hidden = items.length > 0;
  document.querySelector(`[data-count="${name}"]`).textContent = String(total);
  const cut = total - items.length;
  holder.querySelector(".more").textContent = cut > 0 ? `${cut} more are not shown.` : "";
}

function fillCell(row, index, heading, content) {
  const old = row.cells[index];
  const nodes = typeof content === "string" ? [content] : content;
  const cell = element(index === 0 ? "th" : "td", "", {
    "data-title": heading,
    ...(index === 0 ? { scope: "row" } : {}),
  });
  cell.append(...nodes);
  if (old === undefined) row.append(cell);
  else if (!sameContent(old, cell)) {
    cell.classList.add("changed");
    old.replaceWith(cell);
  }
}

/** The mark of a change is no difference, nor are details that somebody opened. */
function sameContent(old, cell) {
  const plain = old.cloneNode(true);
  plain.removeAttribute("class");
  for (const details of plain.querySelectorAll("details")) details.open = false;
  return plain.isEqualNode(cell);
}

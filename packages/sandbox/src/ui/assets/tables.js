/** Tables that change in place: rows keep their identity, so focus, selection and open details stay. */
import { element } from "./dom.js";

export const list = (name) => document.querySelector(`[data-list="${name}"]`);

/**
 * Makes an empty table. Its roles are named, because a small screen shows its cells one below the other.
 * @param columns pairs of title and a function that makes a cell's content of an item: text, or a list of nodes
 */
export function makeTable(name, title, columns) {
  const holder = list(name);
  const headings = columns.map(([heading]) => element("th", heading, { scope: "col", role: "columnheader" }));
  const head = element("thead", [element("tr", headings, { role: "row" })], { role: "rowgroup" });
  const body = element("tbody", "", { role: "rowgroup" });
  holder.append(element("table", [head, body], { "aria-label": title, role: "table" }));
  if (holder.classList.contains("scroll")) {
    // What scrolls does so with the keyboard too.
    for (const [key, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": title }))
      holder.setAttribute(key, value);
  }
  return { name, columns, body, holder };
}

/** What each row shows. */
const shown = new WeakMap();

/** Brings a table's rows to what they shall be. */
export function fill({ name, columns, body, holder }, items, keyOf) {
  const before = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  let next = body.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const row = before.get(key) ?? element("tr", "", { "data-key": key, role: "row" });
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
  document.querySelectorAll(`[data-count="${name}"]`).forEach((count) => (count.textContent = String(items.length)));
}

function fillCell(row, index, heading, content) {
  const old = row.cells[index];
  const first = index === 0;
  const cell = element(first ? "th" : "td", content, {
    "data-title": heading,
    ...(first ? { scope: "row", role: "rowheader" } : { role: "cell" }),
  });
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

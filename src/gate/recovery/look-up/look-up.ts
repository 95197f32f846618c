import { messageOf } from "../../../core/errors";
import type { Ask } from "../../../check/live/api";
import type { Known, PlannedCreation } from "../creation";
import type { Instances } from "../instances";
import type { Kind } from "./kind";
import { kindOf } from "./kinds";
import type { Listed } from "./list";
import { listAll } from "./list";

/** What the cloud knows about one suspect. */
export type Finding =
  /** It exists; `by` says how it was identified. */
  | { readonly kind: "found"; readonly id: string; readonly by: string }
  /** Its id follows from its parts: an import shows whether it is there. */
  | { readonly kind: "tried"; readonly id: string; readonly redo: boolean }
  | { readonly kind: "absent"; readonly by: string }
  /** What it belongs to must be found first. */
  | { readonly kind: "later" }
  /** Only the user can decide. */
  | { readonly kind: "unsure"; readonly why: string; readonly candidates: readonly string[] };

export interface LookUpOptions {
  readonly ask: Ask;
  /** The current content of the state. */
  readonly state: Instances;
  /** Addresses that are still open. */
  readonly open: ReadonlySet<string>;
  /** Addresses of everything that the apply was about to make. */
  readonly planned: ReadonlySet<string>;
  /** When the apply was recorded, in milliseconds since the epoch. */
  readonly since: number;
  /** How many suspects have the same plan, this one included; they are interchangeable. */
  readonly alike: number;
}

/** Clocks differ, and some services return only the minute. */
const SKEW_MS = 5 * 60_000;

const isOf = (address: string, block: string): boolean => address === block || address.startsWith(`${block}[`);

/** Whether what a suspect is made with is still to be found out, or is not there, so that it cannot have been made. */
function parentsOf({ refs, after }: PlannedCreation, { state, open, planned }: LookUpOptions): Finding | undefined {
  const blocks = after ?? Object.values(refs).flat();
  const has = (addresses: Iterable<string>, block: string): boolean => [...addresses].some((one) => isOf(one, block));
  if (blocks.some((block) => has(open, block))) return { kind: "later" };
  // One with a count of 0 is not there either, and nothing comes from it.
  const isGone = blocks.some((block) => has(planned, block) && !has(state.keys(), block));
  return isGone ? { kind: "absent", by: "what it belongs to is not there" } : undefined;
}

/** What an attribute of a suspect is: known, set to something that is not known, or not set. */
type Part = { readonly known: Known } | "unknown" | undefined;

function partOf(creation: PlannedCreation, name: string, { state }: LookUpOptions): Part {
  const value = creation.values[name];
  if (value !== undefined) return { known: value };
  const blocks = creation.refs[name];
  if (blocks === undefined) return undefined;
  const found = [...state].filter(([address]) => blocks.some((block) => isOf(address, block)));
  const [first, ...more] = [...new Set(found.map(([, id]) => id))];
  return first === undefined || first === "" || more.length > 0 ? "unknown" : { known: first };
}

/** Asks the cloud about one suspect. Never throws: an error becomes the reason of an unsure finding. */
export async function lookUp(creation: PlannedCreation, options: LookUpOptions): Promise<Finding> {
  const waiting = parentsOf(creation, options);
  if (waiting !== undefined) return waiting;
  const kind = kindOf(creation.type);
  if (kind === undefined || !/\/alicloud$/.test(creation.provider)) {
    return unsure(`this version cannot look up objects of the type ${creation.type}`);
  }
  if (kind.composed !== undefined) return composedOf(creation, kind, kind.composed, options);
  try {
    return await listedAs(creation, kind, options);
  } catch (thrown) {
    return unsure(`the cloud could not be asked: ${messageOf(thrown).split("\n")[0]}`);
  }
}

const unsure = (why: string, candidates: readonly string[] = []): Finding => ({ kind: "unsure", why, candidates });

function composedOf(
  creation: PlannedCreation,
  kind: Kind,
  composed: readonly string[],
  options: LookUpOptions,
): Finding {
  const parts: string[] = [];
  for (const spec of composed) {
    const [names = "", otherwise] = spec.split("=");
    const [first = ""] = names.split("|");
    const name = names.split("|").find((one) => partOf(creation, one, options) !== undefined) ?? first;
    const part = partOf(creation, name, options);
    const value = part === undefined ? otherwise : part === "unknown" ? undefined : String(part.known);
    if (value === undefined) return unsure(`its ${name} is not known`);
    parts.push(kind.written?.[name]?.(value) ?? value);
  }
  return { kind: "tried", id: parts.join(":"), redo: kind.isMadeInSteps === true };
}

async function listedAs(creation: PlannedCreation, kind: Kind, options: LookUpOptions): Promise<Finding> {
  const { listing } = kind;
  if (listing === undefined) return unsure("there is no list of such objects");
  if (creation.region === undefined && listing.paging === "number") return unsure("its region is not known");
  const wanted: [string, Known][] = [];
  const within = listing.within ?? [];
  const parents = within.map(({ attribute }) => attribute);
  for (const name of new Set([...parents, ...Object.keys(listing.keys), ...(kind.natural ?? [])])) {
    const part = partOf(creation, name, options);
    const value = part === undefined ? listing.leftOut?.[name] : part === "unknown" ? undefined : part.known;
    if (value !== undefined) wanted.push([name, value]);
    else if (parents.includes(name)) return unsure(`its ${name} is not known`);
  }
  const narrowed = within.map(({ attribute, parameter }): [string, string] => [
    parameter,
    String(wanted.find(([name]) => name === attribute)![1]),
  ]);
  const held = new Set(options.state.values());
  const all = (await listAll(options.ask, listing, creation.region ?? "", Object.fromEntries(narrowed))).filter(
    ({ id }) => !held.has(id),
  );
  const isAlike = ({ values }: Listed): boolean =>
    wanted.every(([name, value]) => {
      const there = values[name] ?? listing.leftOut?.[name];
      // The provider trims names.
      return there === undefined || String(there).trim() === String(value).trim();
    });
  return chosen(all.filter(isAlike), creation, kind, wanted, options);
}

function chosen(
  alike: readonly Listed[],
  creation: PlannedCreation,
  kind: Kind,
  wanted: readonly [string, Known][],
  { since, alike: suspects }: LookUpOptions,
): Finding {
  const has = (name: string): boolean => wanted.some(([one]) => one === name);
  const name = kind.names.find(has);
  const isNatural = kind.natural !== undefined && kind.natural.every(has);
  const tags = Object.entries(creation.tags ?? {});
  const isTagged = (one: Listed): boolean => tags.length > 0 && tags.every(([key, value]) => one.tags[key] === value);
  const isInTime = (one: Listed): boolean => one.created === undefined || one.created >= since - SKEW_MS;
  const asked = wanted.flatMap(([key, value]) => (value === "" ? [] : [`${key} ${String(value)}`])).join(", ");
  const [only, ...more] = alike.filter(isInTime);
  const ids = alike.map(({ id }) => id);
  if (only === undefined) {
    if (ids.length === 0) return { kind: "absent", by: `nothing has ${asked || "this type"}` };
    // Older than the apply, so the apply has not made it; the user may still name it.
    return { kind: "absent", by: `what has ${asked} is older than the apply: ${ids.join(", ")}` };
  }
  if (more.length >= suspects)
    return unsure(
      `several objects have ${asked}`,
      [only, ...more].map(({ id }) => id),
    );
  if (name !== undefined || isNatural) return { kind: "found", id: only.id, by: asked };
  if (isTagged(only)) return { kind: "found", id: only.id, by: `${asked}, and its tags` };
  return unsure(`it has no name that tells it from others; ${only.id} has ${asked || "its type"}`, [only.id]);
}

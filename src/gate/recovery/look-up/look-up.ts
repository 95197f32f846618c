import { messageOf } from "../../../core/errors";
import type { Ask } from "../../../check/live/api";
import type { Known, PlannedCreation } from "../creation";
import type { Instances } from "../instances";
import type { Kind } from "./kinds";
import { kindOf } from "./kinds";
import type { Listed } from "./list";
import { listAll } from "./list";

/** What the cloud says about one suspect. */
export type Finding =
  /** It exists; `by` says how it was identified. */
  | { readonly kind: "found"; readonly id: string; readonly by: string }
  /** Its id follows from its parts: an import shows whether it is there. */
  | { readonly kind: "tried"; readonly id: string; readonly redo: boolean }
  | { readonly kind: "absent"; readonly by: string }
  /** What it belongs to is to be found out first. */
  | { readonly kind: "later" }
  /** Only a person can tell. */
  | { readonly kind: "unsure"; readonly why: string; readonly candidates: readonly string[] };

export interface LookUpOptions {
  readonly ask: Ask;
  /** What the state holds by now. */
  readonly state: Instances;
  /** Addresses that are still to be found out. */
  readonly open: ReadonlySet<string>;
  /** When the apply was recorded, in milliseconds since the epoch. */
  readonly since: number;
  /** How many suspects are planned just alike, this one included: which of them is which makes no difference. */
  readonly alike: number;
}

/** Clocks differ, and some services tell the minute only. */
const SKEW_MS = 5 * 60_000;

/** What the parts of a suspect are: known, an id that is still to be found out, or nothing. */
type Part = { readonly known: Known } | "later" | "gone" | undefined;

function partOf(creation: PlannedCreation, name: string, { state, open }: LookUpOptions): Part {
  const value = creation.values[name];
  if (value !== undefined) return { known: value };
  const blocks = creation.refs[name];
  if (blocks === undefined) return undefined;
  const isOf = (address: string): boolean =>
    blocks.some((block) => address === block || address.startsWith(`${block}[`));
  const [first, ...more] = [...new Set([...state].filter(([address]) => isOf(address)).map(([, id]) => id))];
  if ([...open].some(isOf)) return "later";
  if (first === undefined) return "gone";
  return more.length === 0 ? { known: first } : undefined;
}

/** Asks the cloud about one suspect. Never throws: what goes wrong is the reason why it is not known. */
export async function lookUp(creation: PlannedCreation, options: LookUpOptions): Promise<Finding> {
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
    const found = names.split("|").map((name) => partOf(creation, name, options));
    const part = found.find((one) => one !== undefined);
    if (part === "later") return { kind: "later" };
    if (part === "gone") return { kind: "absent", by: "what it belongs to is not there" };
    const text = part === undefined ? otherwise : String(part.known);
    if (text === undefined) return unsure(`its ${names.split("|")[0]} is not known`);
    parts.push(text);
  }
  return { kind: "tried", id: parts.join(":"), redo: kind.isMadeInSteps === true };
}

async function listedAs(creation: PlannedCreation, kind: Kind, options: LookUpOptions): Promise<Finding> {
  const { listing } = kind;
  if (listing === undefined) return unsure("there is no list of such objects");
  if (creation.region === undefined && listing.paging === "number") return unsure("its region is not known");
  const wanted: [string, Known][] = [];
  for (const name of new Set([...Object.keys(listing.keys), ...(kind.natural ?? [])])) {
    const part = partOf(creation, name, options);
    if (part === "later") return { kind: "later" };
    if (part === "gone") return { kind: "absent", by: "what it belongs to is not there" };
    if (part !== undefined) wanted.push([name, part.known]);
  }
  const within = wanted.find(([name]) => name === listing.within?.attribute)?.[1];
  if (listing.within !== undefined && within === undefined) return unsure("what it belongs to is not known");
  const held = new Set(options.state.values());
  const all = (await listAll(options.ask, listing, creation.region ?? "", within)).filter(({ id }) => !held.has(id));
  const isAlike = ({ values }: Listed): boolean =>
    wanted.every(([name, value]) => values[name] === undefined || String(values[name]) === String(value));
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
  const asked = wanted.map(([key, value]) => `${key} ${String(value)}`).join(", ");
  const [only, ...more] = alike.filter(isInTime);
  const ids = alike.map(({ id }) => id);
  if (only === undefined) {
    if (ids.length === 0) return { kind: "absent", by: `nothing has ${asked || "this type"}` };
    // Older than the apply: it is not what the apply has made, but a person may know better.
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

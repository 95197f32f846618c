import { messageOf } from "../../core/errors";
import type { Ask } from "../../check/live/api";
import type { PlannedCreation } from "./creation";
import type { Instances } from "./instances";
import { exists } from "./look-up/exists";
import { lookUp } from "./look-up/look-up";
import type { LeftOpen, RecordContent } from "./record";

/** Something that an apply has made, or may have made, that the state does not hold. */
export interface Suspect {
  readonly address: string;
  readonly creation: PlannedCreation;
  /** Its id, where the apply has said it. @default it has not */
  readonly id?: string;
}

export interface Told {
  readonly address: string;
  readonly outcome:
    /** It is there, and is to be brought into the state. */
    | "found"
    | "imported"
    /** Nothing is there. */
    | "absent"
    /** A person has said that there is nothing to bring in. */
    | "none"
    /** It is there, and the state holds another one under the same address. */
    | "second"
    /** Only a person can tell. */
    | "unsure";
  readonly id?: string;
  readonly text: string;
  readonly candidates?: readonly string[];
  /** It may be half made. @default false */
  readonly redo?: boolean;
  /** It is not in a list, which may lag behind. @default false */
  readonly isListed?: boolean;
}

export const isSettled = ({ outcome }: Told): boolean => ["imported", "absent", "none"].includes(outcome);

export function suspectsOf({ creations }: RecordContent, { made, begun }: LeftOpen): readonly Suspect[] {
  const addresses = new Set([...Object.keys(made), ...begun]);
  return [...addresses].map((address) => {
    const creation = creations.find((one) => one.address === address) ?? unplanned(address);
    const id = made[address];
    return { address, creation, ...(id === undefined || id === "" ? {} : { id }) };
  });
}

const unplanned = (address: string): PlannedCreation => ({ address, type: "", provider: "", values: {}, refs: {} });

/** What a person says about what was begun. */
export interface PersonsAnswers {
  /** Ids that a person names: address to id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Addresses of which a person says that there is nothing to bring in. */
  readonly none: ReadonlySet<string>;
}

export interface Finding {
  readonly ask: Ask;
  readonly state: Instances;
  readonly open: ReadonlySet<string>;
  readonly suspects: readonly Suspect[];
  readonly record: RecordContent;
  readonly options: PersonsAnswers;
}

/** What is known of one suspect, by a person, by the apply, or by the cloud. */
export async function find(suspect: Suspect, finding: Finding): Promise<Told | "later"> {
  const { address, creation } = suspect;
  const { ask, state, options } = finding;
  const told = (outcome: Told["outcome"], text: string, more: Partial<Told> = {}): Told => ({
    address,
    outcome,
    text,
    ...more,
  });
  if (options.none.has(address)) return told("none", "nothing to bring in, as --none says");
  const named = options.ids.get(address);
  const id = named ?? suspect.id;
  const held = state.get(address);
  if (id !== undefined && held === undefined) {
    return told("found", named === undefined ? "the apply has said its id" : "as --id says", { id });
  }
  if (id !== undefined && held === id) return told("imported", "it is in the state", { id });
  if (id !== undefined) return second(suspect, id, held ?? "", ask);
  const found = await lookUp(creation, {
    ask,
    state,
    open: finding.open,
    planned: new Set(finding.record.creations.map((one) => one.address)),
    since: Date.parse(finding.record.since),
    alike: finding.suspects.filter((one) => isAlike(one.creation, creation)).length,
  });
  if (found.kind === "later") return "later";
  if (found.kind === "absent") return told("absent", found.by, { isListed: true });
  if (found.kind === "unsure") return told("unsure", found.why, { candidates: found.candidates });
  if (held !== undefined) {
    return found.kind === "tried"
      ? told("unsure", `the state holds ${held} under this address`)
      : second(suspect, found.id, held, ask);
  }
  const { id: there } = found;
  return found.kind === "found"
    ? told("found", found.by, { id: there })
    : told("found", "its id follows from what it joins", { id: there, redo: found.redo });
}

/** What stands next to an object of the state is not brought in: the one that the state holds would be lost. */
async function second({ address, creation }: Suspect, id: string, held: string, ask: Ask): Promise<Told> {
  const text = `${id} is there next to ${held}, which the state holds. Delete ${id} in the cloud if nothing needs it`;
  try {
    if ((await exists(ask, creation, id)) === false) return { address, outcome: "absent", text: `${id} is not there` };
  } catch (thrown) {
    const why = `whether ${id} is there could not be asked: ${messageOf(thrown).split("\n")[0]}`;
    return { address, outcome: "unsure", text: why, candidates: [id] };
  }
  return { address, outcome: "second", id, text };
}

const isAlike = (a: PlannedCreation, b: PlannedCreation): boolean => sameness(a) === sameness(b);

function sameness({ type, region, values, refs, tags }: PlannedCreation): string {
  return JSON.stringify([type, region, values, refs, tags]);
}

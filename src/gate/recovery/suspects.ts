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

/** What was determined about a suspect. */
export interface SuspectResult {
  readonly address: string;
  readonly outcome:
    /** It exists, and is to be imported. */
    | "found"
    | "imported"
    /** It does not exist. */
    | "absent"
    /** The user has said that there is nothing to import. */
    | "none"
    /** It exists, and the state holds another object at the same address. */
    | "second"
    /** Only the user can decide. */
    | "unsure";
  readonly id?: string;
  readonly text: string;
  readonly candidates?: readonly string[];
  /** Its creation may be incomplete. @default false */
  readonly redo?: boolean;
  /** It is missing from a list, which may be out of date. @default false */
  readonly isListed?: boolean;
}

export const isSettled = ({ outcome }: SuspectResult): boolean => ["imported", "absent", "none"].includes(outcome);

export function suspectsOf({ creations }: RecordContent, { made, begun }: LeftOpen): readonly Suspect[] {
  const addresses = new Set([...Object.keys(made), ...begun]);
  return [...addresses].map((address) => {
    const creation = creations.find((one) => one.address === address) ?? unplanned(address);
    const id = made[address];
    return { address, creation, ...(id === undefined || id === "" ? {} : { id }) };
  });
}

const unplanned = (address: string): PlannedCreation => ({ address, type: "", provider: "", values: {}, refs: {} });

/** The user's answers about what was begun. */
export interface UserAnswers {
  /** Ids that the user has given: address to id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Addresses with nothing to import, as the user has said. */
  readonly none: ReadonlySet<string>;
}

export interface Finding {
  readonly ask: Ask;
  readonly state: Instances;
  readonly open: ReadonlySet<string>;
  readonly suspects: readonly Suspect[];
  readonly record: RecordContent;
  readonly options: UserAnswers;
}

/** What is known about one suspect, from the user, from the apply's output, or from the cloud. */
export async function find(suspect: Suspect, finding: Finding): Promise<SuspectResult | "later"> {
  const { address, creation } = suspect;
  const { ask, state, options } = finding;
  const result = (
    outcome: SuspectResult["outcome"],
    text: string,
    more: Partial<SuspectResult> = {},
  ): SuspectResult => ({
    address,
    outcome,
    text,
    ...more,
  });
  if (options.none.has(address)) return result("none", "nothing to bring in, as --none says");
  const named = options.ids.get(address);
  const id = named ?? suspect.id;
  const held = state.get(address);
  if (id !== undefined && held === undefined) {
    return result("found", named === undefined ? "the apply has said its id" : "as --id says", { id });
  }
  if (id !== undefined && held === id) return result("imported", "it is in the state", { id });
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
  if (found.kind === "absent") return result("absent", found.by, { isListed: true });
  if (found.kind === "unsure") return result("unsure", found.why, { candidates: found.candidates });
  if (held !== undefined) {
    return found.kind === "tried"
      ? result("unsure", `the state holds ${held} under this address`)
      : second(suspect, found.id, held, ask);
  }
  const { id: there } = found;
  return found.kind === "found"
    ? result("found", found.by, { id: there })
    : result("found", "its id follows from what it joins", { id: there, redo: found.redo });
}

/** A second object at an address of the state is not imported: the object in the state would be lost. */
async function second({ address, creation }: Suspect, id: string, held: string, ask: Ask): Promise<SuspectResult> {
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

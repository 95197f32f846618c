import { AnycastError } from "../../core/errors";
import { shellWord } from "../../core/shell-word";
import type { Ask } from "../../check/live/api";
import type { Terraform } from "../../terraform";
import { pullState } from "../../terraform/state-version";
import type { PlannedCreation } from "./creation";
import { instancesIn } from "./instances";
import { cloudOf } from "./look-up/client";
import { lookUp } from "./look-up/look-up";
import type { RecordPlace } from "./record";

/** Ids, separated by commas, of objects that have the same name as one of ours and do not belong to us. */
const NOT_OURS = "ANYCAST_NOT_OURS";
/** Named one by one in a message. */
const MOST = 10;

/**
 * Refuses to make what another runner's lost apply may have made. Where no record can be written next to a state, such an
 * apply leaves no trace, so the cloud is asked whether objects with the planned names exist already.
 * @param why no record could be written
 * @returns a notice for the user
 * @throws AnycastError `PerhapsMadeBefore`
 */
export async function refuseMarked(
  place: RecordPlace,
  terraform: Terraform,
  creations: readonly PlannedCreation[],
  why: string,
): Promise<string> {
  const state = instancesIn(await pullState(terraform)) ?? new Map<string, string>();
  const ask = cached(cloudOf(terraform.env));
  const notOurs = new Set((terraform.env[NOT_OURS] ?? "").split(",").map((id) => id.trim()));
  const open = new Set(creations.map(({ address }) => address));
  const marked: [string, string][] = [];
  const unchecked: string[] = [];
  for (const creation of creations) {
    const others = new Set([...open].filter((address) => address !== creation.address));
    const found = await lookUp(creation, { ask, state, open: others, planned: open, since: 0, alike: 1 });
    if (found.kind === "found") marked.push([creation.address, found.id]);
    if (found.kind !== "unsure") continue;
    // Several objects of the same name count as one does; an object without a name proves nothing.
    if (found.candidates.length > 1)
      marked.push(...found.candidates.map((id): [string, string] => [creation.address, id]));
    else unchecked.push(creation.address);
  }
  const ours = marked.filter(([, id]) => !notOurs.has(id));
  if (ours.length > 0) throw perhapsMade(place, ours, why);
  const rest = unchecked.length === 0 ? "" : ` These could not be checked: ${some(unchecked)}.`;
  return `What this apply of ${place.stack} makes could not be written down next to its state (${why}). Should this runner be lost, another one asks the cloud by name. Nothing there carries the names of what is about to be made.${rest}`;
}

function perhapsMade(place: RecordPlace, marked: readonly [string, string][], why: string): AnycastError {
  const ids = marked.map(([address, id]) => `--id ${shellWord(`${address}=${id}`)}`).slice(0, MOST);
  return new AnycastError(
    "PerhapsMadeBefore",
    `The cloud has objects with the names of what this apply of ${place.stack} makes (${some(marked.map(([address, id]) => `${id} for ${address}`))}): an apply that was lost may have made them, and no record of applies can be kept next to this state (${why}). Nothing was applied. ` +
      `Fix: bring what is this stack's into its state with \`anycast recover ${shellWord(place.stack)} ${ids.join(" ")}\`; what is somebody else's, name in ${NOT_OURS} (ids with commas between them).`,
  );
}

/** Asks for the same list only once. */
function cached(ask: Ask): Ask {
  const known = new Map<string, ReturnType<Ask>>();
  return (...question) => {
    const key = JSON.stringify(question);
    const answer = known.get(key) ?? ask(...question);
    known.set(key, answer);
    return answer;
  };
}

const some = (all: readonly string[]): string =>
  all.slice(0, MOST).join(", ") + (all.length > MOST ? ` and ${all.length - MOST} more` : "");

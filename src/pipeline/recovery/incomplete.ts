import { AnycastError } from "../../core/errors";
import { shellWord } from "../../core/shell-word";
import type { Terraform } from "../terraform";
import type { RecordContent, RecordPlace } from "./record";

/** What a killed apply has made that its state does not hold. */
export interface LeftOut {
  /** Made for certain; `held` is the id of what the state has under that address instead. */
  readonly missing: readonly { readonly address: string; readonly id: string; readonly held: string | undefined }[];
  /** Begun: whether they are there only the cloud knows. */
  readonly unsure: readonly string[];
}

type Killed = Pick<RecordContent, "since">;
type Run = Pick<Terraform, "binary">;

/** Resources named one by one in a message. */
const MOST = 20;

/** Says what the state lacks, and the commands that bring it in. */
export function stateIncomplete(
  place: RecordPlace,
  { since }: Killed,
  { binary }: Run,
  { missing, unsure }: LeftOut,
): AnycastError {
  // As it was run: what people know it by need not be on their PATH.
  const command = shellWord(binary);
  const directory = shellWord(place.directory);
  const forget = `remove ${shellWord(place.path)}`;
  const lacks = missing.map(({ address, id }) => `${address}${id === "" ? "" : ` (${id})`}`);
  const left = [
    ...(missing.length === 0 ? [] : [`it lacks ${some(lacks)}`]),
    ...(unsure.length === 0 ? [] : [`being made, and perhaps there: ${some(unsure)}`]),
  ].join("; ");
  const imports = missing.map(({ address, id, held }) => {
    const away = held === undefined ? "" : `${command} state rm ${shellWord(address)} && `;
    return `${away}${command} import ${shellWord(address)} ${id === "" ? "ID" : shellWord(id)}`;
  });
  const fixes = [
    ...(missing.length === 0
      ? []
      : [
          `run \`${[`cd ${directory}`, `${command} init -input=false`, ...imports].join(" && ")}\` with the variables of the run`,
        ]),
    unsure.length === 0
      ? `should something not be there any more, ${forget}`
      : `look in the cloud for what was being made, add what is there in ${directory} with \`${command} import ADDRESS ID\`, and ${forget}`,
  ].join("; ");
  const lock =
    place.localState === undefined
      ? ` Should the state still be locked by the killed run, free it with \`${command} force-unlock ID\` there first.`
      : "";
  return new AnycastError(
    "StateIncomplete",
    `Expected the state of ${place.stack} to hold all that its last apply (of ${since}) made, but terraform was killed in the middle of it: ${left}. The next run would make it a second time. Nothing else was changed. Fix: ${fixes}; then run the same command again.${lock}`,
  );
}

/** The same where nobody can tell any more. */
export function stateUnknown(place: RecordPlace, { since }: Killed, { binary }: Run): AnycastError {
  return new AnycastError(
    "StateIncomplete",
    `Expected the state of ${place.stack} to hold all that its last apply (of ${since}) made, but terraform was killed in the middle of it, and what it printed is gone. Nothing else was changed. Fix: look in the cloud for what the state does not hold, add it in ${shellWord(place.directory)} with \`${shellWord(binary)} import ADDRESS ID\`, then remove ${shellWord(place.path)} and run the same command again.`,
  );
}

const some = (all: readonly string[]): string =>
  all.slice(0, MOST).join(", ") + (all.length > MOST ? ` and ${all.length - MOST} more` : "");

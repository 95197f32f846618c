import { AnycastError } from "../../core/errors";
import { shellWord } from "../../core/shell-word";
import type { OpenApply } from "./open-applies";
import type { RecordPlace } from "./record";

/** Resources named one by one in a message. */
const MOST = 20;

/** The error that lists what the state lacks, and how to import it. */
export function stateIncomplete(place: RecordPlace, open: readonly OpenApply[]): AnycastError {
  const made = open.flatMap(({ left }) => Object.entries(left.made));
  const begun = open.flatMap(({ left }) => left.begun);
  const lacks = made.map(([address, id]) => (id === "" ? address : `${address} (${id})`));
  const left = [
    ...(lacks.length === 0 ? [] : [`it lacks ${some(lacks)}`]),
    ...(begun.length === 0 ? [] : [`whether these were made is not known: ${some(begun)}`]),
  ].join("; ");
  const by = open.map(({ record }) => `${record.since}, by ${record.who}`).join("; ");
  return new AnycastError(
    "StateIncomplete",
    `The last apply of ${place.stack} (of ${by}) did not come to its end, and its state may lack what it made: ${left}. The next run would make them a second time. Nothing else was changed. ` +
      `Fix: run \`anycast recover ${shellWord(place.stack)}\`, which looks for them in the cloud and brings what is there into the state; then run the same command again.`,
  );
}

const some = (all: readonly string[]): string =>
  all.slice(0, MOST).join(", ") + (all.length > MOST ? ` and ${all.length - MOST} more` : "");

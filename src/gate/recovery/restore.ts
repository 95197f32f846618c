import { existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFileAtomic } from "../../core/atomic-file";
import { stateVersion } from "../../plan";
import { isWholeJson } from "../../terraform";
import type { RecordPlace } from "./record";
import { keptStatePath, readRecord, stageOf } from "./record";

/** Longest time that terraform takes to write a state, in milliseconds; an incomplete write is awaited that long. */
const WRITE_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * Restores the last whole version of a local state. Terraform writes it in place, so a kill can leave it cut off, and it
 * would read an empty one as "nothing exists".
 * @returns what was done, as text; undefined when there was nothing to do
 */
export async function restoreState(place: RecordPlace): Promise<string | undefined> {
  const { localState } = place;
  const record = readRecord(place);
  if (record === undefined || localState === undefined || isWholeOrGone(localState)) return undefined;
  for (let waited = 0; stageOf(record) === "applying" && waited < WRITE_MS; waited += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS);
    if (isWholeOrGone(localState)) return undefined;
  }
  // Nothing is replaced while terraform may still write: it would continue to write into the old file.
  if (record.terraform === undefined || stageOf(record) !== "over") return undefined;
  const kept = keptStatePath(place);
  const cutOff = `Terraform was killed while it wrote the state of ${place.stack} (${localState}), which was left cut off.`;
  if (existsSync(kept)) {
    const bytes = readFileSync(kept);
    writeFileAtomic(localState, bytes, statSync(localState).mode & 0o777);
    const { serial } = stateVersion(bytes.toString("utf8")) ?? {};
    return `${cutOff} The last whole version of it${serial === undefined ? "" : `, serial ${serial},`} was put back.`;
  }
  // Where there was a state before, terraform has kept a backup, and `StateEmptied` says how to continue.
  if (existsSync(`${localState}.backup`)) return undefined;
  const first = "It was the first version ever, so there is none to put back";
  if (statSync(localState).size === 0) {
    // Otherwise an empty file would be left that looks like a state.
    rmSync(localState);
    return `${cutOff} ${first}; the empty file was removed.`;
  }
  renameSync(localState, `${localState}.broken`);
  return `${cutOff} ${first}; what there is of it is in ${localState}.broken.`;
}

const isWholeOrGone = (path: string): boolean => !existsSync(path) || isWholeJson(path);

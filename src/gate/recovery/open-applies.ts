import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Terraform } from "../../terraform";
import { removeAbandoned } from "../../terraform";
import { pullState } from "../../terraform/state-version";
import type { ApplyOutput } from "./apply-output";
import { readApplyOutput } from "./apply-output";
import type { Instances } from "./instances";
import { instancesIn } from "./instances";
import { isNothing, leftOpen, stillOpen } from "./outcome";
import type { LeftOpen, RecordContent, RecordPlace } from "./record";
import { readRecord, removeRecord, rewriteRecord, stageOf } from "./record";
import { remoteRecords } from "./remote";

const LOOK_EVERY_MS = 50;

/** An apply that has ended, and what it may have made that the state does not hold. */
export interface OpenApply {
  readonly record: RecordContent;
  readonly left: LeftOpen;
}

export interface LookOptions {
  /** How long to wait for an apply that is running to end, in milliseconds. @default not at all */
  readonly patience?: number;
  /** We have held the state's lock since, so the run that had it is done. @default false */
  readonly hadLock?: boolean;
}

/**
 * The applies on record that may have made something that the state does not hold. The records of all others are
 * removed. The open ones are kept, so that no run makes the same objects a second time.
 * @throws AnycastError `TerraformFailed` when the state cannot be read
 */
export async function openApplies(
  place: RecordPlace,
  terraform: Terraform,
  options: LookOptions = {},
): Promise<readonly OpenApply[]> {
  const records: RecordContent[] = [];
  for (const record of await recordsOf(place, terraform, options)) {
    if (leavesNothing(record)) await forget(place, terraform, record);
    else records.push(record);
  }
  if (records.length === 0) return [];
  const state = instancesIn(await pullState(terraform)) ?? new Map<string, string>();
  const open: OpenApply[] = [];
  for (const record of records) {
    const left = leftBy(record, state);
    if (isNothing(left)) await forget(place, terraform, record);
    else open.push(await keep(place, terraform, record, left));
  }
  return open;
}

/** Removes a record wherever it is kept. */
export async function forget(place: RecordPlace, terraform: Terraform, record: RecordContent): Promise<void> {
  if (readRecord(place)?.id === record.id) {
    removeRecord(place);
    // Its output was kept only for the recovery.
    if (record.files !== undefined) removeAbandoned(dirname(dirname(record.files.out)));
  }
  await remoteRecords(place, terraform)?.remove(record.id);
}

/** Writes down what is left, so that the output is no longer needed. */
export async function keep(
  place: RecordPlace,
  terraform: Terraform,
  record: RecordContent,
  left: LeftOpen,
): Promise<OpenApply> {
  if (JSON.stringify(record.left) === JSON.stringify(left)) return { record, left };
  const { files: _files, ...rest } = record;
  const content: RecordContent = { ...rest, left };
  if (readRecord(place)?.id === record.id) rewriteRecord(place, content);
  await remoteRecords(place, terraform)?.write(content);
  return { record: content, left };
}

/** Records of applies that have ended. The state of one that is still running is protected by terraform's lock. */
async function recordsOf(
  place: RecordPlace,
  terraform: Terraform,
  { patience = 0, hadLock = false }: LookOptions,
): Promise<readonly RecordContent[]> {
  let found: readonly RecordContent[] = [];
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const local = readRecord(place);
    const remote = (hadLock ? await remoteRecords(place, terraform)?.list() : undefined) ?? [];
    found = [
      ...(local === undefined ? [] : [{ record: local, stage: stageOf(local) }]),
      // Of an apply on another machine, terraform may still run after the run that started it has ended.
      ...remote
        .filter(({ id }) => id !== local?.id)
        .map((record) => ({ record, stage: record.left === undefined ? ("unknown" as const) : ("over" as const) })),
    ].flatMap(({ record, stage }) => (stage === "over" || (stage === "unknown" && hadLock) ? [record] : []));
    const isAtWork = local !== undefined && stageOf(local) === "applying";
    const isDoubtful = hadLock && remote.some(({ id, left }) => id !== local?.id && left === undefined);
    if (!(isAtWork || isDoubtful) || waited >= patience) return found;
    await sleep(isDoubtful ? 10 * LOOK_EVERY_MS : LOOK_EVERY_MS);
    if (isDoubtful) waited += 9 * LOOK_EVERY_MS;
  }
}

function leftBy(record: RecordContent, state: Instances): LeftOpen {
  if (record.left !== undefined) return stillOpen(record.left, record.creations, state);
  const output = outputOf(record);
  return leftOpen(record.creations, state, output === "never started" ? undefined : output);
}

/** Whether its output alone shows that the state holds everything: terraform ended in order and nothing is in doubt. */
function leavesNothing(record: RecordContent): boolean {
  if (record.left !== undefined) return false;
  const output = outputOf(record);
  if (output === undefined) return false;
  if (output === "never started") return true;
  return (
    output.endedInOrder && leftOpen(record.creations, new Map(), { ...output, created: new Map() }).begun.length === 0
  );
}

/** @returns undefined when the output is not on this machine, or was removed */
function outputOf({ files }: RecordContent): ApplyOutput | "never started" | undefined {
  if (files === undefined || !existsSync(dirname(files.out))) return undefined;
  if (!existsSync(files.out)) return "never started";
  return readApplyOutput(readFileSync(files.out, "utf8"), existsSync(files.err) ? readFileSync(files.err, "utf8") : "");
}

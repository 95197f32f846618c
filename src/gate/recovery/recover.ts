import { AnycastError } from "../../core/errors";
import type { Terraform } from "../../terraform";
import { findOut } from "./find-out";
import { importObject, planAsItIs } from "./import";
import type { OpenApply } from "./open-applies";
import { forget, keep, openApplies } from "./open-applies";
import type { LeftOpen, RecordPlace } from "./record";
import { readRecord, stageOf } from "./record";
import type { RecoverOptions } from "./recover-options";
import type { SuspectResult } from "./suspects";
import { isSettled } from "./suspects";

export interface Recovery {
  /** The results; the property's name is part of the JSON that `anycast recover` prints. */
  readonly told: readonly SuspectResult[];
  /** Nothing is left open: the next run can continue. */
  readonly isDone: boolean;
}

/**
 * Determines the outcome of everything that was begun, and imports what exists into the state. Records of what is settled
 * are removed.
 * @throws AnycastError `AnotherRun`, `StateLocked`, `TerraformFailed`, `RecoverOptionInvalid`, `Interrupted`
 */
export async function recover(place: RecordPlace, terraform: Terraform, options: RecoverOptions): Promise<Recovery> {
  const local = readRecord(place);
  const stage = local === undefined ? "unknown" : stageOf(local);
  if (stage === "applying") throw atWork(place);
  // A run that applies holds the lock of the state, and a plan waits for it.
  if (stage === "unknown") await planAsItIs(terraform, options.passed.plan);
  const applies = await openApplies(place, terraform, { hadLock: true });
  const results = new Map<string, SuspectResult>();
  for (const one of await bringIn(place, terraform, options, applies)) results.set(one.address, one);
  for (const apply of applies) {
    const found = await findOut(terraform, apply, options);
    if (options.dryRun !== true) await writeDown(place, terraform, apply, found);
    for (const one of found.values()) results.set(one.address, one);
  }
  const all = [...results.values()];
  return { told: all, isDone: all.every(isSettled) };
}

async function writeDown(
  place: RecordPlace,
  terraform: Terraform,
  { record, left }: OpenApply,
  results: ReadonlyMap<string, SuspectResult>,
): Promise<void> {
  const isOpen = (address: string): boolean => {
    const one = results.get(address);
    return one === undefined || !isSettled(one);
  };
  const still: LeftOpen = {
    made: Object.fromEntries(Object.entries(left.made).filter(([address]) => isOpen(address))),
    begun: left.begun.filter(isOpen),
  };
  if (Object.keys(still.made).length + still.begun.length === 0) await forget(place, terraform, record);
  else await keep(place, terraform, record, still);
}

/**
 * Imports what the user names and no record has, where there can be no record next to the state. Elsewhere an unrecorded
 * address is refused, because it may be mistyped.
 * @throws AnycastError `RecoverOptionInvalid`
 */
async function bringIn(
  place: RecordPlace,
  terraform: Terraform,
  { ids, none, dryRun, passed }: RecoverOptions,
  applies: readonly OpenApply[],
): Promise<readonly SuspectResult[]> {
  const open = applies.flatMap(({ left }) => [...Object.keys(left.made), ...left.begun]);
  const unmet = [...ids.keys(), ...none].filter((address) => !open.includes(address));
  if (unmet.length === 0) return [];
  if (place.localState !== undefined || unmet.some((address) => !ids.has(address)))
    throw unknownAddress(place, open, unmet);
  const results: SuspectResult[] = [];
  for (const address of unmet) {
    const one: SuspectResult = { address, outcome: "found", id: ids.get(address)!, text: "as --id says" };
    const result = dryRun === true ? undefined : await importObject(terraform, address, one.id!, passed.plan);
    if (result === undefined) results.push(one);
    else if (typeof result === "object") results.push({ ...one, outcome: "unsure", text: result.failed });
    else results.push({ ...one, outcome: result, text: result === "absent" ? `${one.id} is not there` : one.text });
  }
  return results;
}

function unknownAddress(place: RecordPlace, open: readonly string[], unmet: readonly string[]): AnycastError {
  return new AnycastError(
    "RecoverOptionInvalid",
    `Expected the addresses of --id and --none to be among what is open in ${place.stack} (${open.join(", ") || "nothing is"}), got \`${unmet.join(", ")}\`. Fix: correct or leave it out.`,
  );
}

function atWork(place: RecordPlace): AnycastError {
  const { since, terraform } = readRecord(place) ?? {};
  return new AnycastError(
    "AnotherRun",
    `terraform is applying ${place.stack} now (process ${terraform?.pid ?? "unknown"}, since ${since ?? "just now"}). Nothing was changed. Fix: wait until it has ended.`,
  );
}

import { AnycastError } from "../../core/errors";
import type { Terraform } from "../../terraform";
import type { PassedOptions } from "../../terraform/options";
import { findOut } from "./find-out";
import { importObject, planAsItIs } from "./import";
import type { OpenApply } from "./open-applies";
import { forget, keep, openApplies } from "./open-applies";
import type { LeftOpen, RecordPlace } from "./record";
import { readRecord, stageOf } from "./record";
import type { PersonsAnswers, Told } from "./suspects";
import { isSettled } from "./suspects";

export interface RecoverOptions extends PersonsAnswers {
  /** Only look. @default false */
  readonly dryRun?: boolean;
  /** Variables and the patience with a lock, as for a plan. */
  readonly passed: PassedOptions;
}

export interface Recovery {
  readonly told: readonly Told[];
  /** Nothing is left open: the next run may go on. */
  readonly isDone: boolean;
}

/**
 * Finds out what became of everything that was begun, and brings what is there into the state. Of what is settled no
 * record stays.
 * @throws AnycastError `AnotherRun`, `StateLocked`, `TerraformFailed`, `RecoverOptionInvalid`, `Interrupted`
 */
export async function recover(place: RecordPlace, terraform: Terraform, options: RecoverOptions): Promise<Recovery> {
  const local = readRecord(place);
  const stage = local === undefined ? "unknown" : stageOf(local);
  if (stage === "applying") throw atWork(place);
  // A run that applies holds the lock of the state, and a plan waits for it.
  if (stage === "unknown") await planAsItIs(terraform, options.passed.plan);
  const applies = await openApplies(place, terraform, { hadLock: true });
  const told = new Map<string, Told>();
  for (const one of await bringIn(place, terraform, options, applies)) told.set(one.address, one);
  for (const apply of applies) {
    const found = await findOut(terraform, apply, options);
    if (options.dryRun !== true) await writeDown(place, terraform, apply, found);
    for (const one of found.values()) told.set(one.address, one);
  }
  const all = [...told.values()];
  return { told: all, isDone: all.every(isSettled) };
}

async function writeDown(
  place: RecordPlace,
  terraform: Terraform,
  { record, left }: OpenApply,
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const isOpen = (address: string): boolean => {
    const one = told.get(address);
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
 * What a person names and no record knows. Next to some states there can be no record; elsewhere a mistyped address would
 * be taken for an answer.
 * @throws AnycastError `RecoverOptionInvalid`
 */
async function bringIn(
  place: RecordPlace,
  terraform: Terraform,
  { ids, none, dryRun, passed }: RecoverOptions,
  applies: readonly OpenApply[],
): Promise<readonly Told[]> {
  const open = applies.flatMap(({ left }) => [...Object.keys(left.made), ...left.begun]);
  const unmet = [...ids.keys(), ...none].filter((address) => !open.includes(address));
  if (unmet.length === 0) return [];
  if (place.localState !== undefined || unmet.some((address) => !ids.has(address)))
    throw unknownAddress(place, open, unmet);
  const told: Told[] = [];
  for (const address of unmet) {
    const one: Told = { address, outcome: "found", id: ids.get(address)!, text: "as --id says" };
    const result = dryRun === true ? undefined : await importObject(terraform, address, one.id!, passed.plan);
    if (result === undefined) told.push(one);
    else if (typeof result === "object") told.push({ ...one, outcome: "unsure", text: result.failed });
    else told.push({ ...one, outcome: result, text: result === "absent" ? `${one.id} is not there` : one.text });
  }
  return told;
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

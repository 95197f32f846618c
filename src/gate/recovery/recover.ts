import { setTimeout as sleep } from "node:timers/promises";
import { AnycastError } from "../../core/errors";
import type { Terraform } from "../../terraform";
import type { PassedOptions } from "../../terraform/options";
import { pullState } from "../../terraform/state-version";
import type { PlannedCreation } from "./creation";
import { importObject, taint, waitForLock } from "./import";
import { instancesIn } from "./instances";
import { cloudOf } from "./look-up/client";
import type { OpenApply } from "./open-applies";
import { forget, keep, openApplies } from "./open-applies";
import type { LeftOpen, RecordPlace } from "./record";
import { readRecord, stageOf } from "./record";
import type { PersonsAnswers, Suspect, Told } from "./suspects";
import { find, isSettled, suspectsOf } from "./suspects";

export interface RecoverOptions extends PersonsAnswers {
  /** Only look. @default false */
  readonly dryRun?: boolean;
  /** Variables and the patience with a lock, as for a plan. */
  readonly passed: PassedOptions;
  /** Asked before anything is brought into the state. @default it is not asked */
  readonly approve?: (told: readonly Told[]) => Promise<boolean>;
}

export interface Recovery {
  readonly told: readonly Told[];
  /** Nothing is left open: the next run may go on. */
  readonly isDone: boolean;
}

/** A list may lag behind for a moment: what is not there is looked for once more after so many milliseconds. */
const AGAIN_MS = 2_000;

/**
 * Finds out what became of everything that was begun, and brings what is there into the state. Of what is settled no
 * record stays.
 * @throws AnycastError `AnotherRun`, `StateLocked`, `TerraformFailed`, `RecoverOptionInvalid`, `Interrupted`
 */
export async function recover(place: RecordPlace, terraform: Terraform, options: RecoverOptions): Promise<Recovery> {
  const local = readRecord(place);
  const stage = local === undefined ? "unknown" : stageOf(local);
  if (stage === "applying") throw atWork(place);
  if (stage === "unknown") await waitForLock(terraform, options.passed.plan);
  const applies = await openApplies(place, terraform, { hadLock: true });
  const told = new Map<string, Told>();
  for (const one of await bringIn(place, terraform, options, applies)) told.set(one.address, one);
  for (const apply of applies) {
    for (const one of await recoverOne(place, terraform, apply, options)) told.set(one.address, one);
  }
  const all = [...told.values()];
  return { told: all, isDone: all.every(isSettled) };
}

async function recoverOne(
  place: RecordPlace,
  terraform: Terraform,
  { record, left }: OpenApply,
  options: RecoverOptions,
): Promise<readonly Told[]> {
  const state = new Map(instancesIn(await pullState(terraform)) ?? []);
  const suspects = suspectsOf(record, left);
  const told = new Map<string, Told>();
  const ask = cloudOf(terraform.env);
  const { passed } = options;
  let isAgain = false;
  for (let open = suspects; open.length > 0;) {
    const next: Suspect[] = [];
    for (const suspect of open) {
      const { address } = suspect;
      const others = new Set([...open, ...next].map((one) => one.address).filter((one) => !isTold(told, one)));
      others.delete(address);
      const one = await find(suspect, { ask, state, open: others, suspects, record, options });
      if (one === "later") {
        next.push(suspect);
        continue;
      }
      told.set(address, one);
      if (one.outcome !== "found" || one.id === undefined) continue;
      if (options.dryRun === true) {
        state.set(address, one.id);
        continue;
      }
      const result = await importObject(terraform, address, one.id, passed.plan);
      if (result === "absent") told.set(address, { ...one, outcome: "absent", text: `${one.id} is not there` });
      else if (typeof result === "object") told.set(address, { ...one, outcome: "unsure", text: result.failed });
      else {
        state.set(address, one.id);
        const isAgainMade = one.redo === true && (await taint(terraform, address, passed.apply));
        const text = isAgainMade ? `${one.text}; it may be half made, so the next apply makes it again` : one.text;
        told.set(address, { ...one, outcome: "imported", text });
      }
    }
    if (next.length > 0 && next.length < open.length) {
      open = next;
      continue;
    }
    for (const { address } of next) {
      told.set(address, { address, outcome: "unsure", text: "what it belongs to is not found out", candidates: [] });
    }
    open = [];
    if (isAgain) break;
    isAgain = true;
    open = suspects.filter(({ address }) => told.get(address)?.isListed === true);
    for (const { address } of open) told.delete(address);
    if (open.length > 0) await sleep(AGAIN_MS);
  }
  if (options.dryRun !== true) await writeDown(place, terraform, { record, left }, told);
  return [...told.values()];
}

const isTold = (told: ReadonlyMap<string, Told>, address: string): boolean => told.has(address);

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

export type { PlannedCreation };

import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnycastError } from "../../core/errors";
import { stateTextOfPlan } from "../../plan";
import type { Terraform } from "../terraform";
import { removeAbandoned } from "../terraform";
import { pullState } from "../terraform/state-version";
import { readApplyOutput } from "./apply-output";
import type { LeftOut } from "./incomplete";
import { stateIncomplete, stateUnknown } from "./incomplete";
import type { Instances } from "./instances";
import { instancesIn } from "./instances";
import type { RecordContent, RecordPlace } from "./record";
import { isApplying, readRecord, removeRecord } from "./record";

const LOOK_EVERY_MS = 50;

/**
 * Finds out what became of an apply whose terraform was killed. Where the state holds everything that was made, the
 * record goes; else it stays, so that no run goes on and makes the same a second time.
 * @returns why nothing may be planned or applied; undefined when nothing is missing, or the apply is still at work
 * @param patience how long to wait for a terraform that is at work to end, in milliseconds. @default not at all
 * @throws AnycastError `TerraformFailed` when the state cannot be read
 */
export async function unsettled(
  place: RecordPlace,
  terraform: Terraform,
  patience = 0,
): Promise<AnycastError | undefined> {
  const record = readRecord(place);
  for (let waited = 0; record !== undefined && isApplying(record) && waited < patience; waited += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS);
  }
  // Terraform's own lock keeps us off the state of one that is still at work.
  if (record === undefined || isApplying(record)) return undefined;
  const output = outputOf(record);
  if (output === "lost") return stateUnknown(place, record, terraform);
  if (output !== undefined && !output.endedInOrder) {
    const state = instancesIn(await pullState(terraform)) ?? new Map<string, string>();
    const left = leftOut(output, state, instancesIn(stateTextOfPlan(record.planFile) ?? "{}"));
    if (left.missing.length + left.unsure.length > 0) return stateIncomplete(place, record, terraform, left);
  }
  removeRecord(place);
  // Its output was kept for this alone.
  removeAbandoned(dirname(dirname(record.files.out)));
  return undefined;
}

/** @returns undefined when terraform was never started */
function outputOf({ files }: RecordContent): ReturnType<typeof readApplyOutput> | "lost" | undefined {
  if (!existsSync(dirname(files.out))) return "lost";
  if (!existsSync(files.out)) return undefined;
  return readApplyOutput(readFileSync(files.out, "utf8"), existsSync(files.err) ? readFileSync(files.err, "utf8") : "");
}

function leftOut(
  { created, begun }: Pick<ReturnType<typeof readApplyOutput>, "created" | "begun">,
  state: Instances,
  before: Instances | undefined,
): LeftOut {
  const missing = [...created]
    .filter(([address, id]) => !state.has(address) || (id !== "" && state.get(address) !== id))
    .map(([address, id]) => ({ address, id, held: state.get(address) }));
  // What is there under the address since then was imported; what was there before is about to be replaced.
  const isSettled = (address: string): boolean =>
    before !== undefined && state.has(address) && state.get(address) !== before.get(address);
  return { missing, unsure: [...begun].filter((address) => !isSettled(address)) };
}

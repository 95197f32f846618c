import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AnycastError } from "../../core/errors";
import { shellWord } from "../../core/shell-word";
import { stateTextOfPlan } from "../../plan/plan-file";
import type { Terraform } from "../terraform";
import { pullState, removeAbandoned } from "../terraform";
import { readApplyOutput } from "./apply-output";
import type { Instances } from "./instances";
import { instancesIn } from "./instances";
import type { RecordContent, RecordPlace } from "./record";
import { isApplying, readRecord, removeRecord } from "./record";

/** Resources named one by one in a message. */
const MOST = 20;
const LOOK_EVERY_MS = 50;
/** A terraform that has given its lock back is about to end. In milliseconds. */
export const ENDING_MS = 5_000;

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
  if (output === "lost") return incomplete(place, record, terraform, undefined);
  if (output !== undefined && !output.endedInOrder) {
    const state = instancesIn(await pullState(terraform)) ?? new Map<string, string>();
    const left = leftOut(output, state, instancesIn(stateTextOfPlan(record.planFile) ?? "{}"));
    if (left.missing.length + left.unsure.length > 0) return incomplete(place, record, terraform, left);
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

interface LeftOut {
  /** Made for certain; `held` is the id of what the state has under that address instead. */
  readonly missing: readonly { readonly address: string; readonly id: string; readonly held: string | undefined }[];
  /** Begun: whether they are there only the cloud knows. */
  readonly unsure: readonly string[];
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

function incomplete(
  place: RecordPlace,
  record: RecordContent,
  { binary }: Terraform,
  left: LeftOut | undefined,
): AnycastError {
  // As it was run: what people know it by need not be on their PATH.
  const command = shellWord(binary);
  const begin = `Expected the state of ${place.stack} to hold all that its last apply made, but terraform was killed in the middle of it (began ${record.since}).`;
  const forget = `remove ${shellWord(place.path)}`;
  if (left === undefined) {
    return new AnycastError(
      "StateIncomplete",
      `${begin} What it printed is gone, so nobody can tell what the state lacks. Nothing else was changed. ` +
        `Fix: look in the cloud for what the state does not hold, add it in ${place.directory} with \`${command} import ADDRESS ID\`, then ${forget} and run the same command again.`,
    );
  }
  const { missing, unsure } = left;
  const some = <T>(all: readonly T[], text: (one: T) => string): string =>
    all.slice(0, MOST).map(text).join(", ") + (all.length > MOST ? ` and ${all.length - MOST} more` : "");
  const made = `It lacks ${some(missing, ({ address, id }) => `${address}${id === "" ? "" : ` (${id})`}`)}.`;
  const maybe = `Being made, and perhaps there: ${some(unsure, (address) => address)}.`;
  const imports = missing.map(({ address, id, held }) => {
    const away = held === undefined ? "" : `${command} state rm ${shellWord(address)} && `;
    return `${away}${command} import ${shellWord(address)} ${id === "" ? "ID" : shellWord(id)}`;
  });
  const fixes = [
    ...(imports.length === 0
      ? []
      : [`run \`${[`cd ${shellWord(place.directory)}`, ...imports].join(" && ")}\`, with the variables of the run`]),
    ...(unsure.length === 0
      ? []
      : [
          `look in the cloud for what was being made, add what is there in ${shellWord(place.directory)} with \`${command} import ADDRESS ID\`, and ${forget}`,
        ]),
  ];
  return new AnycastError(
    "StateIncomplete",
    [
      begin,
      ...(missing.length === 0 ? [] : [made]),
      ...(unsure.length === 0 ? [] : [maybe]),
      `The next run would make it a second time. Nothing else was changed. Fix: ${fixes.join("; then ")}; then run the same command again.`,
      ...(missing.length === 0 || unsure.length > 0 ? [] : [`What is not there any more: ${forget}.`]),
      ...(place.localState === undefined
        ? [`Should the state be locked by the killed run, free it with \`${command} force-unlock ID\` there first.`]
        : []),
    ].join(" "),
  );
}

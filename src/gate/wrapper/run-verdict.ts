import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFileAtomic } from "../../core/atomic-file";
import { claimDirectory } from "../../core/whole-directory";
import type { CheckReport } from "../../core/check-report";
import { AnycastError, messageOf } from "../../core/errors";
import { isAlive } from "../../core/process-identity";
import type { CdktfRun } from "./cdktf-run";

/** What the check of all stacks of a run found. */
export interface RunVerdict {
  /** Names of the stacks whose plan was not allowed. */
  readonly denied: readonly string[];
  /** Their reports; undefined when none was denied. */
  readonly report: CheckReport | undefined;
}

const LOOK_EVERY_MS = 50;
const PID = "pid";

/**
 * The verdict on a run: made by the first process, while the others wait for it. cdktf starts stacks that do
 * not depend on each other at the same moment, and none of them may be applied before all are checked.
 * @param check makes the verdict
 * @param stopped whether to stop waiting
 * @returns undefined when waiting was stopped
 * @throws AnycastError `RunVerdictInvalid`, and what `check` throws
 */
export async function verdictOf(
  run: CdktfRun,
  check: () => Promise<RunVerdict>,
  stopped: () => boolean,
): Promise<RunVerdict | undefined> {
  const path = `${run.base}.checked`;
  for (let turn = 0; !stopped();) {
    if (existsSync(path)) return readVerdict(path);
    const owner = takeTurn(`${run.base}.turn-${turn}`);
    if (owner === process.pid) {
      const verdict = await check();
      if (!stopped()) writeFileAtomic(path, JSON.stringify(verdict));
      return verdict;
    }
    // The process that was checking has ended: the next turn is free. Its file stays, so that no two processes take the same turn.
    if (!isAlive(owner) && !existsSync(path)) turn += 1;
    else await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}

/**
 * Takes a turn, if no other process has it. A directory does not replace one that is not empty, so it appears only once,
 * with its content in it.
 */
function takeTurn(path: string): number {
  const isOurs = claimDirectory(path, (partial) => writeFileSync(join(partial, PID), String(process.pid)));
  return isOurs ? process.pid : Number(readFileSync(join(path, PID), "utf8"));
}

function readVerdict(path: string): RunVerdict {
  try {
    const { denied, report } = JSON.parse(readFileSync(path, "utf8")) as Partial<RunVerdict>;
    if (!Array.isArray(denied)) throw new SyntaxError("it names no stacks");
    return { denied: denied.map(String), report };
  } catch (cause) {
    throw new AnycastError(
      "RunVerdictInvalid",
      `The verdict on the stacks of this run cannot be read from ${path}: ${messageOf(cause)}. Fix: run the same command again.`,
      { cause },
    );
  }
}

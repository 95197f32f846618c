import { AnycastError, messageOf } from "../../core/errors";
import { asStep } from "../../core/events";
import { commandName } from "../../core/terraform-binary";
import { isRecord } from "../../core/is-record";
import { compareWithReceipt, sha256OfFile } from "../receipt";
import type { RecordPlace } from "../recovery";
import { followRecorded } from "../recovery";
import type { FollowResult, Terraform } from "../../terraform";
import { ask, keepUnsavedState, notConfirmed, stateNotSaved, withoutColor } from "../../terraform";
import { TerraformStream } from "./json-lines";
import { explained, failure, killed, lockingOptions, parallelismOption } from "./plan-stack";
import type { Session } from "./session";
import { lockWaitFor, terraformFor, throwIfStopped } from "./session";
import type { PlannedStack } from "./types";
import { placeOf, refuseUnsettled, tellUnsettled } from "./unsettled";

/**
 * Applies exactly the checked plan file.
 * @param onBegun called when terraform is about to begin: from here on a part of it may be done
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `StateLocked`, `StateNotSaved`, `StateIncomplete`, `ApplyInterrupted`
 */
export function applyStack(session: Session, plan: PlannedStack, onBegun: () => void): Promise<void> {
  const { options } = session;
  const name = plan.stack.name;
  throwIfStopped(session, `before ${name} was applied`);
  return asStep(
    options.emit,
    "apply",
    async () => {
      const { origin } = plan;
      await refuseUnsettled(session, plan.stack, { origin, hadLock: true });
      // Hashed again at the last moment: the file that is applied is the file that was checked.
      compareWithReceipt(plan.receipt, { plan: sha256OfFile(plan.planFile) });
      const place = placeOf(session, plan.stack, origin);
      const ended = await applyRecorded(session, plan, place, onBegun);
      if (ended.isDone) return;
      const isEnd = ended.exitCode === 0 && !ended.failed;
      const failed =
        ended.signal !== null || isEnd ? undefined : await explained(session, plan.stack, "apply", ended.text);
      const unsaved = keepUnsavedState(plan.stack.directory, origin);
      if (unsaved !== undefined) {
        throw stateNotSaved(unsaved, `The apply of ${name}`, { localState: place.localState, cause: failed });
      }
      const isSettled = await tellUnsettled(session, plan.stack, origin);
      const thrown =
        failed ??
        (ended.signal === null
          ? notConfirmed(terraformFor(session, plan.stack), "apply", "The state holds what it did.")
          : killed(session, plan.stack, "apply", ended.signal, isSettled));
      throw options.interruption.signal === undefined ? thrown : interrupted(name, thrown, isSettled);
    },
    name,
  );
}

/** What takes long is shown while it does. */
const DOING: Readonly<Record<string, string>> = {
  create: "creating",
  update: "changing",
  delete: "destroying",
  read: "reading",
};

/** Runs the apply on record, and reads what it says of its progress. */
async function applyRecorded(
  session: Session,
  { stack, planFile, changes }: PlannedStack,
  place: RecordPlace,
  onBegun: () => void,
): Promise<FollowResult & { readonly text: string; readonly failed: boolean; readonly isDone: boolean }> {
  const { options } = session;
  const { name } = stack;
  const total = changes.add + changes.change + changes.remove + changes.import;
  const wait = lockWaitFor(session, stack);
  let done = 0;
  const progress = (detail: string): void =>
    options.emit({ type: "progress", step: "apply", stack: name, done, total, detail });
  const stream = new TerraformStream({
    onWaiting: (waits) => (waits ? wait.begin() : wait.end()),
    onStill: (address, action, seconds) => progress(`${DOING[action] ?? action} ${address}, ${seconds} s`),
    onDone: (count, detail) => {
      done = count;
      progress(detail);
    },
    onWarning: (message) => options.emit({ type: "notice", level: "warning", message, stack: name }),
  });
  let errors = "";
  const args = [
    "apply",
    "-json",
    "-input=false",
    ...lockingOptions(options.lockTimeout),
    ...parallelismOption(options.terraformParallelism),
    planFile,
  ];
  const terraform = terraformFor(session, stack);
  const isDone = ({ exitCode }: FollowResult): boolean => {
    const { applied, failed } = stream.end();
    return exitCode === 0 && applied && !failed;
  };
  const ended = await followRecorded(terraform, args, {
    place,
    planFile,
    onBegun,
    isDone,
    onNotice: (message) => options.emit({ type: "notice", level: "warning", message, stack: name }),
    onStdout: (text) => stream.push(text),
    onStderr: (text) => (errors += text),
    onStopping: (_forceAt, count) =>
      options.emit({
        type: "notice",
        level: "warning",
        message: stoppingText(terraform, count),
        stack: name,
      }),
  }).finally(() => wait.end());
  const { failed } = stream.end();
  const text = [...stream.end().errors, errors].filter(Boolean).join("\n");
  return { ...ended, text, failed, isDone: isDone(ended) };
}

function stoppingText({ binary }: Terraform, count: number): string {
  const command = commandName(binary);
  return count === 1
    ? `Stopping: waiting for ${command} to finish what it has begun and to write its state.`
    : `Still waiting for ${command} to write its state. The next signal ends it at once; what it is doing may then be missing from the state.`;
}

function interrupted(name: string, cause: AnycastError, isSettled: boolean): AnycastError {
  const holds = isSettled ? "; its state holds what was done until then" : "";
  return new AnycastError(
    "ApplyInterrupted",
    `${name} was stopped in the middle${holds}. Fix: run the same command again, its plan shows what is left.`,
    { cause },
  );
}

/** The outputs of a stack, those marked sensitive left out. */
export async function readOutputs(session: Session, plan: PlannedStack): Promise<Record<string, unknown>> {
  const terraform = terraformFor(session, plan.stack);
  const shown = await ask(terraform, ["output", "-json"]);
  if (shown.exitCode !== 0) {
    throw failure(session, plan.stack, "output", withoutColor(shown.stderr.toString("utf8")));
  }
  try {
    const outputs: unknown = JSON.parse(shown.stdout.toString("utf8"));
    if (!isRecord(outputs)) throw new SyntaxError("they are no object");
    const open = Object.entries(outputs).filter(([, output]) => isRecord(output) && output.sensitive !== true);
    return Object.fromEntries(open.map(([name, output]) => [name, (output as { value: unknown }).value]));
  } catch (cause) {
    throw new AnycastError(
      "TerraformFailed",
      `The outputs of ${plan.stack.name} cannot be read: ${messageOf(cause)}.`,
      {
        cause,
      },
    );
  }
}

import { AnycastError, messageOf } from "../../core/errors";
import { asStep } from "../../core/events";
import { run } from "../../core/process";
import { commandName } from "../../core/terraform-binary";
import { isRecord, localStatePath } from "../project";
import { compareWithReceipt, sha256OfFile } from "../receipt";
import type { Terraform } from "../terraform";
import { follow, keepUnsavedState, stateNotSaved, withoutColor } from "../terraform";
import { TerraformStream } from "./json-lines";
import { explained, failure, lockingOptions, parallelismOption } from "./plan-stack";
import type { Session } from "./session";
import { terraformFor, throwIfStopped } from "./session";
import type { PlannedStack } from "./types";

/**
 * Applies exactly the checked plan file.
 * @throws AnycastError `TerraformFailed`, `StateLocked`, `StateNotSaved`, `ApplyInterrupted`
 */
export function applyStack(session: Session, plan: PlannedStack): Promise<void> {
  const { options } = session;
  const name = plan.stack.name;
  throwIfStopped(session, `before ${name} was applied`);
  const total = plan.changes.add + plan.changes.change + plan.changes.remove + plan.changes.import;
  return asStep(
    options.emit,
    "apply",
    async () => {
      // Hashed again at the last moment: the file that is applied is the file that was checked.
      compareWithReceipt(plan.receipt, { plan: sha256OfFile(plan.planFile) });
      const stream = new TerraformStream({
        onDone: (done, detail) => options.emit({ type: "progress", step: "apply", stack: name, done, total, detail }),
        onWarning: (message) => options.emit({ type: "notice", level: "warning", message, stack: name }),
      });
      let errors = "";
      const args = [
        "apply",
        "-json",
        "-input=false",
        ...lockingOptions(options.lockTimeout),
        ...parallelismOption(options.terraformParallelism),
        plan.planFile,
      ];
      const terraform = terraformFor(session, plan.stack);
      const ended = await follow(terraform, args, {
        onStdout: (text) => stream.push(text),
        onStderr: (text) => (errors += text),
        onStopping: (forceAt, count) =>
          options.emit({
            type: "notice",
            level: "warning",
            message: stoppingText(terraform, forceAt, count),
            stack: name,
          }),
      });
      if (ended.exitCode === 0) return;
      const text = [...stream.end().errors, errors].filter(Boolean).join("\n");
      const thrown = await explained(session, plan.stack, "apply", text);
      const unsaved = keepUnsavedState(plan.stack.directory, plan.origin);
      if (unsaved !== undefined) {
        const localState = localStatePath(plan.stack.directory, options.env);
        throw stateNotSaved(unsaved, `The apply of ${name}`, { localState, cause: thrown });
      }
      throw options.interruption.signal === undefined ? thrown : interrupted(name, thrown);
    },
    name,
  );
}

function stoppingText({ binary }: Terraform, forceAt: number, count: number): string {
  const command = commandName(binary);
  return count === 1
    ? `Stopping: waiting for ${command} to finish what it has begun and to write its state.`
    : `Still waiting for ${command} to write its state. The ${forceAt}rd signal ends it at once; what it is doing may then be missing from the state.`;
}

function interrupted(name: string, cause: AnycastError): AnycastError {
  return new AnycastError(
    "ApplyInterrupted",
    `${name} was stopped in the middle; its state holds what was done until then. Fix: run the same command again, its plan shows what is left.`,
    { cause },
  );
}

/** The outputs of a stack, those marked sensitive left out. */
export async function readOutputs(session: Session, plan: PlannedStack): Promise<Record<string, unknown>> {
  const terraform = terraformFor(session, plan.stack);
  const shown = await run(terraform.binary, ["output", "-json"], { cwd: terraform.cwd, env: terraform.env });
  if (shown.exitCode !== 0) {
    throw failure(session, plan.stack, "output", withoutColor(shown.stderr.toString("utf8")));
  }
  try {
    const outputs: unknown = JSON.parse(shown.stdout.toString("utf8"));
    if (!isRecord(outputs)) return {};
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

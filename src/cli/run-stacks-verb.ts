import { resolve } from "node:path";
import { writeFileAtomic } from "../core/atomic-file";
import type { Emit } from "../core/events";
import { runStacks, savePlans } from "../pipeline/deploy";
import type { DeployOptions, DeployResult, Operation } from "../pipeline/deploy";
import { signingKey } from "../pipeline/receipt";
import { catchSignals, Interruption } from "../pipeline/terraform";
import { approvalFor } from "./approve";
import { checkerOf } from "./checker";
import type { CliIo } from "./io";
import { openEventLog, progressFor } from "./progress";
import { textOf } from "./report-text";
import type { StackFlags } from "./stack-options";
import { stackOptions } from "./stack-options";
import { summaryOf } from "./summary";

/** What `plan` does with allowed plans. */
export interface SaveFlags {
  readonly save?: string;
  readonly signKey?: string;
}

export interface StacksVerb {
  readonly operation: Operation;
  readonly stacks: readonly string[];
  readonly flags: StackFlags &
    SaveFlags & { readonly autoApprove?: boolean; readonly waitForWindow?: boolean; readonly outputsFile?: string };
  /** What comes after a run that ended well, e.g. verify. @default nothing */
  readonly after?: (result: DeployResult, emit: Emit) => Promise<number>;
}

/** Runs plan, deploy or destroy and reports. @returns the exit code */
export async function runStacksVerb(verb: StacksVerb, io: CliIo): Promise<number> {
  const { operation, flags } = verb;
  const options = stackOptions(verb.stacks, flags, io);
  const interruption = new Interruption();
  const progress = progressFor(io);
  const approve =
    operation === "plan"
      ? () => Promise.resolve(false)
      : approvalFor(io, flags.autoApprove === true, progress, interruption);
  const log = flags.events === undefined ? undefined : openEventLog(flags.events, io.cwd);
  const emit: Emit = (event) => {
    progress.emit(event);
    log?.emit(event);
  };
  const release = catchSignals(interruption);
  try {
    tellSandbox(io, emit);
    const texts: string[] = [];
    const result = await runStacks({
      ...options,
      operation,
      approve,
      interruption,
      emit,
      check: checkerOf(),
      waitForWindow: flags.waitForWindow === true,
      ...saving(flags, io, emit),
      ...(flags.format === "text"
        ? { onPlan: (plan, text) => void texts.push(`${plan.stack.name}\n${text}\n\n`) }
        : {}),
    });
    progress.end();
    if (flags.outputsFile !== undefined) writeOutputs(resolve(io.cwd, flags.outputsFile), result);
    io.stdout.write(flags.format === "json" ? jsonOf(result) : texts.join("") + resultText(result, io));
    return result.exitCode === 0 && verb.after !== undefined ? await verb.after(result, emit) : result.exitCode;
  } finally {
    release();
    progress.end();
    log?.close();
  }
}

function saving({ save, signKey }: SaveFlags, io: CliIo, emit: Emit): Pick<DeployOptions, "onAllowed" | "signKey"> {
  const key = signingKey(signKey === undefined ? undefined : resolve(io.cwd, signKey), io.env);
  const signed = key === undefined ? {} : { signKey: key };
  if (save === undefined) return signed;
  return {
    ...signed,
    onAllowed: async (plans, waiting) => {
      savePlans(resolve(io.cwd, save), plans, key, io.env);
      const left = waiting.length === 0 ? "" : ` Not saved, because they wait for others: ${waiting.join(", ")}.`;
      emit({ type: "notice", level: "info", message: `Saved into ${save}. Next: anycast apply ${save}.${left}` });
    },
  };
}

export function resultText(result: DeployResult, io: CliIo): string {
  const verdict =
    result.report === undefined
      ? ""
      : `${textOf(result.report, { color: io.color.stdout, width: io.width }).trimEnd()}\n\n`;
  return verdict + summaryOf(result);
}

export function jsonOf({ operation, stacks, report, exitCode }: DeployResult): string {
  // The verdicts are told once, in `check`.
  const plain = stacks.map(({ report: _report, ...rest }) => rest);
  return `${JSON.stringify({ version: 1, operation, exitCode, stacks: plain, check: report }, undefined, 2)}\n`;
}

/** The form that `cdktf deploy --outputs-file` writes: stack, then output, then value. */
export function writeOutputs(path: string, result: DeployResult): void {
  const outputs = result.stacks.flatMap((entry) => (entry.outputs === undefined ? [] : [[entry.stack, entry.outputs]]));
  writeFileAtomic(path, `${JSON.stringify(Object.fromEntries(outputs), undefined, 2)}\n`);
}

export function tellSandbox(io: CliIo, emit: Emit): void {
  if (!io.env.ANYCAST_SANDBOX) return;
  emit({
    type: "notice",
    level: "info",
    message: "This is the sandbox: a simulated cloud. Nothing real is read or changed.",
  });
}

import { defined } from "../core/defined";
import { resolve } from "node:path";
import type { Emit } from "../core/events";
import { AnycastError } from "../core/errors";
import { refuseTaken, runStacks, savePlans, saveReceipts } from "../gate/stacks";
import type { DemandedReceipts, DeployOptions, Operation } from "../gate/stacks";
import { projectRootOf } from "../terraform/project";
import { signingKey } from "../gate/receipt";
import { approvalFor } from "./approve";
import { lazyChecker } from "./checker";
import type { DeployWatch } from "./deploy-watch";
import type { CliIo } from "./io";
import { reporterFor } from "./report-options";
import { measuredRun } from "./run-measured";
import { renderedFailure, renderedRun, outputsWriter, noticeSandbox } from "./run-result";
import { openRunContext } from "./run-context";
import type { StackFlags } from "./stack-options";
import { stackOptions } from "./stack-options";
import type { After } from "./verify-after";

/** Options of `plan`: what is planned, and where allowed plans and receipts are saved. */
export interface PlanFlags {
  readonly destroy?: boolean;
  readonly save?: string;
  readonly receipts?: string;
  readonly signKey?: string;
}

export interface StacksVerb {
  readonly operation: Operation;
  readonly stacks: readonly string[];
  readonly flags: StackFlags &
    PlanFlags & { readonly autoApprove?: boolean; readonly waitForWindow?: boolean; readonly outputsFile?: string };
  /** Receipts that every plan must equal. @default none */
  readonly receipts?: () => DemandedReceipts;
  /** The measurement after a successful run. @default there is none */
  readonly after?: After;
}

/** Runs plan, deploy or destroy and reports. @returns the exit code */
export async function runStacksVerb(verb: StacksVerb, io: CliIo): Promise<number> {
  const { operation, flags } = verb;
  const reporter = reporterFor(flags, io, projectRootOf(io.cwd));
  const context = openRunContext(io, flags.events);
  const { progress, emit, interruption } = context;
  const texts: string[] = [];
  // Once the deployment is reported, a failure must not replace that report.
  let isReported = false;
  const wantsText = [reporter.stdout, ...reporter.files.map(({ format }) => format)].includes("text");
  try {
    const options = await stackOptions(verb.stacks, flags, io);
    const writeOutputs = outputsWriter(flags.outputsFile, io);
    const approve =
      operation === "plan"
        ? () => Promise.resolve(false)
        : approvalFor({ io, autoApprove: flags.autoApprove === true, progress, interruption, emit });
    noticeSandbox(io, emit);
    const watch = verb.after?.watch;
    const receipts = verb.receipts?.();
    for (const [stack, signer] of receipts?.signers ?? []) {
      emit({ type: "notice", level: "info", message: `The receipt is signed by ${signer}.`, stack });
    }
    const result = await runStacks({
      ...options,
      ...(reporter.wantsOverview ? { gate: { ...options.gate, overview: true } } : {}),
      operation,
      planDestroy: flags.destroy === true,
      approve: watchedApproval(approve, watch, emit),
      interruption,
      emit,
      check: lazyChecker(),
      waitForWindow: flags.waitForWindow === true,
      ...defined({ receipts }),
      ...saving(flags, io, emit),
      ...(wantsText ? { onPlan: (plan, text) => void texts.push(`${plan.stack.name}\n${text}\n\n`) } : {}),
    });
    progress.end();
    const kept = writeOutputs(result);
    const watched = await watch?.end(emit);
    const { after } = verb;
    if (after === undefined || result.exitCode !== 0)
      return reporter.write(renderedRun(result, texts.join(""), watched === undefined ? {} : { watch: watched })) ||
        !kept
        ? 2
        : result.exitCode;
    const measured = await measuredRun({
      result,
      texts: texts.join(""),
      after,
      context,
      reporter,
      io,
      ...defined({ watched }),
    });
    isReported = true;
    if (measured.thrown !== undefined) throw measured.thrown;
    return measured.failed || !kept ? 2 : measured.exitCode;
  } catch (thrown) {
    progress.end();
    if (!isReported) reporter.writeFailure(renderedFailure(operation, thrown));
    throw thrown;
  } finally {
    verb.after?.watch?.abort();
    context.close();
  }
}

/** The approval, which begins to watch before an approved apply begins. */
function watchedApproval(
  approve: DeployOptions["approve"],
  watch: DeployWatch | undefined,
  emit: Emit,
): DeployOptions["approve"] {
  if (watch === undefined) return approve;
  return async (...asked) => {
    const approved = await approve(...asked);
    if (approved) await watch.begin(emit);
    return approved;
  };
}

/** The path of a file, or a descriptor (`fd:3`) unchanged. */
const keyPath = (signKey: string | undefined, io: CliIo): string | undefined =>
  signKey === undefined || /^fd:\d+$/.test(signKey) ? signKey : resolve(io.cwd, signKey);

function saving({ save, receipts, signKey, destroy }: PlanFlags, io: CliIo, emit: Emit): Partial<DeployOptions> {
  const key = signingKey(keyPath(signKey, io), io.env);
  const signed = key === undefined ? {} : { signKey: key };
  if (save === undefined && receipts === undefined) return signed;
  // Checked before the plans are made, because it does not depend on them.
  const wanted = [save, receipts].filter((name) => name !== undefined).map((name) => resolve(io.cwd, name));
  wanted.forEach(refuseTaken);
  if (wanted[0] === wanted[1]) {
    throw new AnycastError(
      "SaveRefused",
      "--save and --receipts name one directory. Fix: leave --receipts out: what --save writes has the receipts in it.",
    );
  }
  return {
    ...signed,
    onAllowed: async (plans, waiting) => {
      const left = waiting.length === 0 ? "" : ` Not saved, because they wait for others: ${waiting.join(", ")}.`;
      const tell = (directory: string, next: string): void =>
        emit({ type: "notice", level: "info", message: `Saved into ${directory}. Next: anycast ${next}.${left}` });
      if (save !== undefined) {
        savePlans(resolve(io.cwd, save), plans, key, io.env);
        tell(save, `apply ${save}`);
      }
      if (receipts !== undefined) {
        saveReceipts(resolve(io.cwd, receipts), plans, key);
        tell(receipts, `${destroy === true ? "destroy" : "deploy"} --require-receipt ${receipts}`);
      }
    },
  };
}

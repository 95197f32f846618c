import { resolve } from "node:path";
import type { RecoveredStack } from "../gate/recovery/recover-stacks";
import { recoverStacks } from "../gate/recovery/recover-stacks";
import type { SuspectResult } from "../gate/recovery/suspects";
import { shellWord } from "../core/shell-word";
import type { CliIo } from "./io";
import type { RecoverFlags } from "./recover-flags";
import { idsIn } from "./recover-flags";
import { failureJson, noticeSandbox } from "./run-result";
import { openRunContext } from "./run-context";
import { terraformOptions } from "./terraform-options";

/** Recovers and reports. @returns the exit code */
export async function runRecover(stacks: readonly string[], flags: RecoverFlags, io: CliIo): Promise<number> {
  const ids = idsIn(flags.id ?? []);
  const context = openRunContext(io, flags.events);
  try {
    noticeSandbox(io, context.emit);
    const recovered = await recoverStacks({
      cwd: resolve(io.cwd),
      selection: { stacks: [], only: [...stacks, ...(flags.only ?? [])] },
      env: io.env,
      emit: context.emit,
      interruption: context.interruption,
      ids,
      none: new Set(flags.none ?? []),
      dryRun: flags.dryRun === true,
      passed: terraformOptions(flags, io),
    });
    context.progress.end();
    const isDone = recovered.every(({ recovery }) => recovery?.isDone === true);
    io.stdout.write(
      flags.format === "json"
        ? `${JSON.stringify({ version: 1, done: isDone, stacks: recovered }, undefined, 2)}\n`
        : recovered.map((one) => textOf(one, flags.dryRun === true)).join("\n"),
    );
    return isDone ? 0 : 2;
  } catch (thrown) {
    context.progress.end();
    if (flags.format === "json") io.stdout.write(failureJson("recover", thrown));
    throw thrown;
  } finally {
    context.close();
  }
}

function textOf({ stack, recovery, error }: RecoveredStack, isDryRun: boolean): string {
  if (recovery === undefined) return `${stack}\n  ${error?.message ?? ""} [${error?.code ?? ""}]\n`;
  const { told: results, isDone } = recovery;
  if (results.length === 0) return `${stack}\n  Nothing is open: the state holds all that was made.\n`;
  const lines = results.flatMap((one) => [`  ${one.address}`, `    ${outcomeText(one)}`]);
  return `${[stack, ...lines, "", `  ${nextFor(stack, results, isDone, isDryRun)}`].join("\n")}\n`;
}

function outcomeText({ outcome, id = "", text, candidates = [] }: SuspectResult): string {
  const perhaps = candidates.length === 0 ? "" : `; perhaps ${candidates.join(", ")}`;
  return {
    found: `found ${id} (${text})`,
    imported: `found ${id} (${text}); it is in the state now`,
    absent: `nothing is there (${text})`,
    none: text,
    second: text,
    unsure: `not known: ${text}${perhaps}`,
  }[outcome];
}

function nextFor(stack: string, results: readonly SuspectResult[], isDone: boolean, isDryRun: boolean): string {
  const command = `anycast recover ${shellWord(stack)}`;
  if (isDryRun) return `Nothing was changed. Next: ${command}`;
  if (isDone) return "All is settled. Next: run the same command again; its plan shows what is left.";
  const open = results.filter(({ outcome }) => !["imported", "absent", "none"].includes(outcome));
  const address = open[0]?.address ?? "";
  return `${open.length} of ${results.length} ${open.length === 1 ? "is" : "are"} still open. Next: say which object it is with \`${command} --id ${shellWord(`${address}=ID`)}\`, or that there is nothing to bring in with \`${command} --none ${shellWord(address)}\`.`;
}

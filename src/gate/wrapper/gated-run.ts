import { resolve } from "node:path";
import { stopped } from "../../core/stopped";
import type { Terraform } from "../../terraform";
import type { CommandLine } from "./argv";
import type { WrapperContext } from "./context";
import type { GateMessages } from "./messages";
import type { GatedOptions } from "./options";

/** One gated command and its context. */
export interface GatedRun {
  readonly context: WrapperContext;
  readonly line: CommandLine;
  readonly options: GatedOptions;
  readonly terraform: Terraform;
  readonly messages: GateMessages;
}

/** The directory that terraform works in. */
export const directoryOf = ({ context, line }: Pick<GatedRun, "context" | "line">): string =>
  resolve(context.cwd, line.chdir ?? ".");

export const destroys = ({ line, options }: GatedRun): boolean => options.destroy || line.command === "destroy";

/** @throws AnycastError `Interrupted` */
export function throwIfInterrupted({ context, line }: GatedRun): void {
  const { signal } = context.interruption;
  if (signal !== undefined) throw stopped("Interrupted", { signal, doing: `before terraform ${line.command} began` });
}

import { resolve } from "node:path";
import { AnycastError } from "../../core/errors";
import { configFor, regionFromEnvironment } from "../../terraform/project";
import type { Terraform } from "../../terraform";
import type { CommandLine } from "./argv";
import type { CheckSettings, WrapperContext } from "./context";
import type { GateMessages } from "./messages";
import type { GatedOptions } from "./options";

/** One gated command, with everything it needs. */
export interface GatedRun {
  readonly context: WrapperContext;
  readonly line: CommandLine;
  readonly options: GatedOptions;
  readonly terraform: Terraform;
  readonly messages: GateMessages;
}

/** What a check of this run is told besides the plan. */
export function settingsOf({ context, line }: GatedRun): CheckSettings {
  const { env } = context;
  const cwd = resolve(context.cwd, line.chdir ?? ".");
  return { env, cwd, config: configFor(cwd, env), regionFromEnv: regionFromEnvironment(env) };
}

/** @throws AnycastError `Interrupted` */
export function throwIfInterrupted(run: GatedRun): void {
  const { signal } = run.context.interruption;
  if (signal === undefined) return;
  throw new AnycastError("Interrupted", `Stopped by ${signal}. Fix: run the same command again; nothing is half done.`);
}

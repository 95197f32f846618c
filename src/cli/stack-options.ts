import { availableParallelism } from "node:os";
import { defined } from "../core/defined";
import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { AnycastError } from "../core/errors";
import type { DeployOptions } from "../gate/stacks";
import { projectRootOf } from "../terraform/project";
import type { ConfigFlags } from "./config-options";
import { addConfigOptions, givenConfig } from "./config-options";
import type { GateFlags } from "./gate-options";
import { addGateOptions, gateOptions } from "./gate-options";
import type { CliIo } from "./io";
import { collected, wholeNumber } from "./numbers";
import type { ReportFlags } from "./report-options";
import { addReportOptions } from "./report-options";
import { addTerraformOptions, terraformOptions } from "./terraform-options";

/** The common options of plan, deploy and destroy, as commander parses them. */
export interface StackFlags extends ReportFlags, GateFlags, ConfigFlags {
  readonly only?: readonly string[];
  readonly parallelism: number;
  readonly events?: string;
  readonly target?: unknown;
  readonly exclude?: unknown;
}

/** Of the verbs that change something. */
export const WAIT_FOR_WINDOW = "when only a change window is missing, wait until one opens, then plan and check again";

/** Each stack has a terraform and a provider of its own, so the default depends on the machine. */
export function parallelism(): Option {
  return new Option("--parallelism <n>", "stacks worked on at the same time")
    .argParser(wholeNumber(1, 1000))
    .default(availableParallelism(), "the number of processor cores");
}

/** Adds the common options to a verb. */
export function addStackOptions(command: Command): Command {
  const own = command
    .argument("[stack...]", "stacks by name, * stands for anything; what they need comes along (default: all)")
    .option("--only <stack>", "this stack without what it needs; may be repeated", collected)
    .addOption(parallelism())
    .option("--events <path>", "append what happens to this file, one JSON object a line")
    .addOption(new Option("-t, --target <address>", "refused").hideHelp())
    .addOption(new Option("-e, --exclude <address>", "refused").hideHelp());
  addTerraformOptions(own, "var", "var-file", "refresh", "lock-timeout", "parallelism");
  return addReportOptions(addGateOptions(addConfigOptions(own)));
}

/** Completes the common options; paths are relative to the current directory. */
export async function stackOptions(
  stacks: readonly string[],
  flags: StackFlags,
  io: CliIo,
): Promise<Omit<DeployOptions, "operation" | "emit" | "check" | "approve" | "interruption">> {
  if (flags.target !== undefined) throw partRefused("target");
  if (flags.exclude !== undefined) throw partRefused("exclude");
  const projectDirectory = projectRootOf(io.cwd) ?? io.cwd;
  const config = await givenConfig(flags, projectDirectory, io);
  return {
    projectDirectory,
    gate: gateIn(projectDirectory, flags, io),
    selection: { stacks, only: flags.only ?? [] },
    env: io.env,
    parallelism: flags.parallelism,
    passed: terraformOptions(flags, io),
    ...defined({ config }),
  };
}

/** Options of the gate; the paths of custom policies are made relative to the project, as the gate expects them. */
export function gateIn(projectDirectory: string, flags: GateFlags, io: CliIo): ReturnType<typeof gateOptions> {
  const named = flags.policy?.map((path) => relative(projectDirectory, resolve(io.cwd, path)) || ".");
  return gateOptions({ ...flags, ...defined({ policy: named }) });
}

function partRefused(option: "target" | "exclude"): Error {
  return new AnycastError(
    "OptionRefused",
    `--${option} is not taken: a plan of a part could leave a binding out of what is checked. Fix: leave it out; to deploy less, split the stack and name one with --only.`,
  );
}

import { defined } from "../core/defined";
import { resolve } from "node:path";
import type { Command } from "commander";
import type * as Config from "../check/config";
import type { ConfigSource } from "../check/config";
import { settingsStart } from "../terraform/project/project-root";
import type * as Rules from "../check/rules";
import type { CliIo } from "./io";

/** Options that choose the settings. */
export interface ConfigFlags {
  readonly config?: string;
  readonly configFrom?: string;
}

/** Adds the options that choose the settings. */
export function addConfigOptions(command: Command): Command {
  return command
    .option("--config <path>", "policy settings (default: anycast.yaml of the project)")
    .option("--config-from <ref>", "take the settings from this commit, e.g. the base of a pull request");
}

/**
 * The settings that the options name.
 * @param directory of the project, or of the plan
 * @returns undefined where they name none: the project's own are used
 * @throws AnycastError as `configAtCommit` does
 */
export async function givenConfig(
  { config, configFrom }: ConfigFlags,
  directory: string,
  io: Pick<CliIo, "cwd" | "env">,
): Promise<ConfigSource | undefined> {
  const named = config ?? (configFrom === undefined ? undefined : io.env.ANYCAST_CONFIG || undefined);
  const path = named === undefined ? undefined : resolve(io.cwd, named);
  if (configFrom === undefined) return path;
  // Loaded only for `--config-from`: most runs use the checkout's own settings.
  const { configAtCommit } = require("../check/config") as typeof Config;
  const { listRules } = require("../check/rules") as typeof Rules;
  return configAtCommit({
    ref: configFrom,
    directory: settingsStart(directory),
    env: io.env,
    rules: listRules(),
    ...defined({ named: path }),
  });
}

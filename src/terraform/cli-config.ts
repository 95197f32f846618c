import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readRegularTextOr } from "../core/regular-file";
import { AnycastError, messageOf } from "../core/errors";
import { terraformEnvironment } from "../core/terraform-binary";

/** One of terraform's CLI configuration files. */
export interface CliConfig {
  readonly path: string;
  /** Without comments. */
  readonly text: string;
}

/** The settings that terraform is started with. @throws AnycastError `CliConfigNotReadable` */
export function cliConfigs(env: NodeJS.ProcessEnv): CliConfig[] {
  return cliConfigPaths(env).map(read);
}

/**
 * The CLI configuration files of Terraform and OpenTofu, which may name mirrors and overrides of providers. The files of
 * both programs count, because one may have been installed under the other's name.
 */
export function cliConfigPaths(given: NodeJS.ProcessEnv): string[] {
  const env = terraformEnvironment(given);
  const named = env.TF_CLI_CONFIG_FILE || env.TERRAFORM_CONFIG;
  if (named) return [named].filter(existsSync);
  const home = env.HOME || homedir();
  const xdg = env.XDG_CONFIG_HOME ? [join(env.XDG_CONFIG_HOME, "opentofu")] : [];
  const directories = [join(home, ".terraform.d"), ...xdg];
  return [
    join(home, ".tofurc"),
    join(home, ".terraformrc"),
    ...xdg.map((directory) => join(directory, "tofurc")),
    ...directories.flatMap(settingsIn),
  ].filter(existsSync);
}

/** Files that are read from the settings' directory, whatever their names. */
function settingsIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => /\.tfrc(\.json)?$/.test(name))
    .sort()
    .map((name) => join(directory, name));
}

/** Directories that terraform uses as provider mirrors without any setting. */
export function impliedMirrors(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? homedir();
  const data = [env.XDG_DATA_HOME || join(home, ".local", "share")];
  const shared = (env.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":");
  return [
    join(home, ".terraform.d", "plugins"),
    ...[...data, ...shared].flatMap((at) => [join(at, "terraform", "plugins"), join(at, "opentofu", "plugins")]),
  ].filter((directory) => existsSync(directory) && readdirSync(directory).length > 0);
}

function read(path: string): CliConfig {
  const notReadable = (cause: unknown): AnycastError =>
    new AnycastError(
      "CliConfigNotReadable",
      `The settings of terraform cannot be read (at ${path}): ${messageOf(cause)}. Fix: check the file and its permissions.`,
      { cause },
    );
  return { path, text: withoutComments(readRegularTextOr(path, notReadable)) };
}

/** Removes comments. A `#` in quotes may be part of a path and stays, and escapes are read (`\u005f` is a `_`). */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:\\.|[^"\\\n])*")|#.*|\/\/.*|\/\*[\s\S]*?\*\//g, (_all, quoted: string | undefined) => quoted ?? " ")
    .replace(/\\u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

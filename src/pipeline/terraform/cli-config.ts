import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { terraformEnvironment } from "../../core/terraform-binary";

/**
 * The files with Terraform's or OpenTofu's own settings: mirrors and overrides of providers are in there. All that one of
 * the two would read count, because a program may have been given the other's name.
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

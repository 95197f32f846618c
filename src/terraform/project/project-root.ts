import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { AnycastError } from "../../core/errors";

export const CONFIG_NAME = "anycast.yaml";
export const CDKTF_CONFIG_NAME = "cdktf.json";

/**
 * The project a directory belongs to: the nearest directory upwards that holds cdktf.json, else anycast.yaml.
 * terraform itself runs in `cdktf.out/stacks/STACK`, far below it.
 */
export function projectRootOf(cwd: string): string | undefined {
  return upwards(cwd, CDKTF_CONFIG_NAME) ?? upwards(cwd, CONFIG_NAME);
}

/**
 * The anycast.yaml that counts for a directory: the one `ANYCAST_CONFIG` names, else the project's own.
 * @returns undefined when there is none: the defaults count then
 * @throws AnycastError `ConfigNotFound`
 */
export function configFor(cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  if (env.ANYCAST_CONFIG !== undefined && env.ANYCAST_CONFIG !== "") {
    const named = resolve(cwd, env.ANYCAST_CONFIG);
    if (existsSync(named)) return named;
    throw new AnycastError(
      "ConfigNotFound",
      "There is no file that ANYCAST_CONFIG names. Fix: set it to the path of the settings, or unset it.",
    );
  }
  const from = settingsStart(cwd);
  const [settings, project] = [upwards(from, CONFIG_NAME), upwards(from, CDKTF_CONFIG_NAME)];
  // The nearest of both: a project without settings has the defaults, even if a directory above it has settings.
  if (settings === undefined || (project !== undefined && project.length > settings.length)) return undefined;
  return join(settings, CONFIG_NAME);
}

/** Where settings are searched, from there upwards: files that the app wrote into `cdktf.out` are no settings of the project. */
export function settingsStart(cwd: string): string {
  const directory = resolve(cwd);
  const isSynthesised = basename(dirname(directory)) === "stacks" && existsSync(join(directory, "cdk.tf.json"));
  return isSynthesised ? resolve(directory, "../../..") : directory;
}

/** The region the provider takes from the environment when its block names none. */
export function regionFromEnvironment(env: NodeJS.ProcessEnv): string | undefined {
  return [env.ALICLOUD_REGION, env.ALIBABA_CLOUD_REGION].find((region) => region !== undefined && region !== "");
}

function upwards(from: string, name: string): string | undefined {
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    if (existsSync(join(directory, name))) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

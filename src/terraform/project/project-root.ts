import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

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
 */
export function configFor(cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  if (env.ANYCAST_CONFIG !== undefined && env.ANYCAST_CONFIG !== "") return resolve(cwd, env.ANYCAST_CONFIG);
  const root = projectRootOf(cwd);
  if (root === undefined) return undefined;
  const path = join(root, CONFIG_NAME);
  return existsSync(path) ? path : undefined;
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

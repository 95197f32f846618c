import { AnycastError } from "../core/errors";
import { cliConfigs } from "./cli-config";

/** `TF_CLI_ARGS` and `TF_CLI_ARGS_<command>`: terraform inserts them into its own command line. */
const REWRITING = /^TF_CLI_ARGS(_|$)/;

/** Lets terraform use a cached provider that is not in the lock file. */
const UNLOCKED_CACHE = "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE";

/** Settings of terraform that are refused, and what each would do. */
const REFUSED_SETTINGS: readonly (readonly [name: string, does: string])[] = [
  ["dev_overrides", "put a provider of somebody's own in place of the released one"],
  [UNLOCKED_CACHE.slice("TF_".length).toLowerCase(), "lets a provider be used that the lock file does not vouch for"],
];

/**
 * Refuses an environment that rewrites terraform's command line behind our back: `TF_CLI_ARGS_apply="-target=…"`
 * would plan, or apply, something else than what was checked.
 * @throws AnycastError `EnvironmentRewritesCommands`
 */
export function refuseRewritingVariables(env: NodeJS.ProcessEnv): void {
  const name = Object.keys(env).find((key) => REWRITING.test(key) && env[key] !== "");
  if (name === undefined) return;
  // Its value stays out of the message: it may hold a secret, such as -var or -backend-config with a password.
  throw new AnycastError(
    "EnvironmentRewritesCommands",
    `The environment variable ${name} changes terraform's command line after it was checked. Fix: unset ${name} and give its options on the command line.`,
  );
}

/**
 * Refuses an environment in which terraform would do something other than what can be checked, or use other providers.
 * Mirrors are legitimate: the receipt lists them.
 * @throws AnycastError `EnvironmentRewritesCommands`, `ProviderNotTrusted`, `CliConfigNotReadable`
 */
export function refuseUncheckedEnvironment(env: NodeJS.ProcessEnv): void {
  refuseRewritingVariables(env);
  // In the sandbox the provider is the sandbox's own, and its receipts are valid only there.
  if (env.ANYCAST_SANDBOX) return;
  if (env.TF_REATTACH_PROVIDERS) {
    throw new AnycastError(
      "ProviderNotTrusted",
      "TF_REATTACH_PROVIDERS is set: it replaces the released provider with another one. Fix: unset it, or use `anycast sandbox`.",
    );
  }
  if (env[UNLOCKED_CACHE]) {
    throw new AnycastError(
      "ProviderNotTrusted",
      `${UNLOCKED_CACHE} is set: it allows a provider that the lock file does not list. Fix: unset it.`,
    );
  }
  for (const { path, text } of cliConfigs(env)) {
    const found = REFUSED_SETTINGS.find(([name]) => new RegExp(`\\b${name}\\b`).test(text));
    if (found === undefined) continue;
    const [name, does] = found;
    throw new AnycastError(
      "ProviderNotTrusted",
      `The settings of terraform have ${name}, which ${does} (at ${path}). Fix: remove it, or name another file with TF_CLI_CONFIG_FILE.`,
    );
  }
}

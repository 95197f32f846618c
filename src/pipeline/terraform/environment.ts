import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { AnycastError, expectationError } from "../../core/errors";

/** `TF_CLI_ARGS` and `TF_CLI_ARGS_<command>`: terraform inserts them into its own command line. */
const REWRITING = /^TF_CLI_ARGS(_|$)/;

/**
 * Refuses an environment that rewrites terraform's command line behind our back: `TF_CLI_ARGS_apply="-target=…"`
 * would plan, or apply, something else than what was checked.
 * @throws AnycastError `EnvironmentRewritesCommands`
 */
export function refuseRewritingVariables(env: NodeJS.ProcessEnv): void {
  const name = Object.keys(env).find((key) => REWRITING.test(key) && env[key] !== "");
  if (name === undefined) return;
  throw expectationError("EnvironmentRewritesCommands", {
    what: `the environment variable ${name}`,
    rule: "unset, because it changes terraform's command line after it was checked",
    got: env[name],
    fix: `unset ${name} and give its options on the command line.`,
  });
}

/**
 * Refuses an environment in which terraform would do something else than what can be checked, or by somebody else.
 * Mirrors are legitimate: they are noted in the receipt.
 * @throws AnycastError `EnvironmentRewritesCommands`, `ProviderNotTrusted`
 */
export function refuseUncheckedEnvironment(env: NodeJS.ProcessEnv): void {
  refuseRewritingVariables(env);
  if (env.TF_REATTACH_PROVIDERS && !env.ANYCAST_SANDBOX) {
    throw new AnycastError(
      "ProviderNotTrusted",
      "Expected TF_REATTACH_PROVIDERS to be unset: it puts a provider of somebody's own in the place of the released one. Fix: unset it, or use `anycast sandbox`.",
    );
  }
  const path = cliConfigPath(env);
  if (path === undefined || env.ANYCAST_SANDBOX) return;
  if (!/^[^#\n]*\bdev_overrides\b/m.test(readFileSync(path, "utf8"))) return;
  throw new AnycastError(
    "ProviderNotTrusted",
    `Expected terraform's settings to have no dev_overrides, which put a provider of somebody's own in the place of the released one (at ${path}). Fix: remove them, or name another file with TF_CLI_CONFIG_FILE.`,
  );
}

/** The file with terraform's own settings: mirrors and overrides of providers are in there. */
export function cliConfigPath(env: NodeJS.ProcessEnv): string | undefined {
  const named = env.TF_CLI_CONFIG_FILE;
  const path = named !== undefined && named !== "" ? named : join(env.HOME ?? homedir(), ".terraformrc");
  return existsSync(path) ? path : undefined;
}

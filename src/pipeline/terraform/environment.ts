import { readFileSync } from "node:fs";
import { AnycastError, expectationError } from "../../core/errors";
import { cliConfigPaths } from "./cli-config";

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
  if (env.ANYCAST_SANDBOX) return;
  const overrides = (path: string): boolean => /^[^#\n]*\bdev_overrides\b/m.test(readFileSync(path, "utf8"));
  const path = cliConfigPaths(env).find(overrides);
  if (path === undefined) return;
  throw new AnycastError(
    "ProviderNotTrusted",
    `Expected terraform's settings to have no dev_overrides, which put a provider of somebody's own in the place of the released one (at ${path}). Fix: remove them, or name another file with TF_CLI_CONFIG_FILE.`,
  );
}

import { expectationError } from "../../core/errors";

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

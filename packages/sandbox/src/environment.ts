import { existsSync } from "node:fs";
import { credentialVariables, SANDBOX_CREDENTIALS } from "./openapi/credentials";

/**
 * Variables that every program in the sandbox gets on top of its own, no matter who serves the provider. The region stays
 * as it is.
 * @param base the environment they are added to
 */
export function sandboxEnvironment(directory: string, base: NodeJS.ProcessEnv): Record<string, string> {
  const config = base.TF_CLI_CONFIG_FILE;
  return {
    ANYCAST_SANDBOX: directory,
    CHECKPOINT_DISABLE: "1",
    ...credentialVariables(SANDBOX_CREDENTIALS, base),
    // One sandbox inside another is not seeded from the outer one's state.
    ...(base.ANYCAST_SANDBOX_SEED ? { ANYCAST_SANDBOX_SEED: "" } : {}),
    // Without it the provider asks the cloud while it is configured.
    ALIBABA_CLOUD_ACCOUNT_TYPE: "International",
    // Empty counts as unset: terraform warns at every call when it names a file that does not exist.
    ...(config !== undefined && !existsSync(config) ? { TF_CLI_CONFIG_FILE: "" } : {}),
  };
}

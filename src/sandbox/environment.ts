import { existsSync } from "node:fs";

/** Keys that open nothing anywhere; the real provider demands some. */
const DUMMY_KEYS = {
  ALICLOUD_ACCESS_KEY: "sandbox-access-key",
  ALICLOUD_SECRET_KEY: "sandbox-secret-key",
  ALIBABA_CLOUD_ACCESS_KEY_ID: "sandbox-access-key",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "sandbox-secret-key",
};
/** Other ways to real credentials; emptied where they are set. */
const CREDENTIALS = [
  "ALIBABACLOUD_ACCESS_KEY_ID",
  "ALIBABACLOUD_ACCESS_KEY_SECRET",
  "ALICLOUD_SECURITY_TOKEN",
  "ALIBABA_CLOUD_SECURITY_TOKEN",
  "ALIBABACLOUD_SECURITY_TOKEN",
  "ALICLOUD_PROFILE",
  "ALIBABA_CLOUD_PROFILE",
  "ALICLOUD_ECS_ROLE_NAME",
  "ALIBABA_CLOUD_ECS_METADATA",
  "ALICLOUD_ASSUME_ROLE_ARN",
  "ALIBABA_CLOUD_ROLE_ARN",
];

/**
 * Variables that every program in the sandbox gets on top of its own, whoever serves the provider. The region stays
 * as it is.
 * @param base the environment they are added to
 */
export function sandboxEnvironment(directory: string, base: NodeJS.ProcessEnv): Record<string, string> {
  const emptied = CREDENTIALS.filter((name) => (base[name] ?? "") !== "").map((name) => [name, ""]);
  const config = base.TF_CLI_CONFIG_FILE;
  return {
    ANYCAST_SANDBOX: directory,
    CHECKPOINT_DISABLE: "1",
    ...DUMMY_KEYS,
    ALIBABA_CLOUD_ACCOUNT_TYPE: "International",
    ...Object.fromEntries(emptied),
    // Empty counts as unset: terraform warns at every call when it names a file that is not there.
    ...(config !== undefined && !existsSync(config) ? { TF_CLI_CONFIG_FILE: "" } : {}),
  };
}

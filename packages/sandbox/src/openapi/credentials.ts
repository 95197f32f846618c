/** A key pair that the sandbox accepts. */
export interface SandboxCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** When set, requests with this key must carry the token. @default none */
  readonly securityToken?: string;
}

/** The default key pair of a sandbox. It is valid only for sandboxes. */
export const SANDBOX_CREDENTIALS: SandboxCredentials = {
  accessKeyId: "LTAI5tAnycastSandbox0000",
  accessKeySecret: "anycast-sandbox-secret-not-real",
};

/** Names under which the real provider and the official clients look for a key pair and its token. */
const KEY_ID = ["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"];
const KEY_SECRET = ["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET"];
const TOKEN = ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"];

/** Other ways to real credentials. */
const ELSEWHERE = [
  "ALICLOUD_PROFILE",
  "ALIBABA_CLOUD_PROFILE",
  "ALICLOUD_SHARED_CREDENTIALS_FILE",
  "ALIBABA_CLOUD_CREDENTIALS_FILE",
  "ALICLOUD_ECS_ROLE_NAME",
  "ALIBABA_CLOUD_ECS_METADATA",
  "ALICLOUD_ASSUME_ROLE_ARN",
  "ALIBABA_CLOUD_ROLE_ARN",
];

/** Every variable that may hold, or lead to, real credentials. */
export const CREDENTIAL_VARIABLES: readonly string[] = [...KEY_ID, ...KEY_SECRET, ...TOKEN, ...ELSEWHERE];

/**
 * The variables that pass a key pair to the real provider and the official clients, and that clear everything else that would
 * lead to credentials.
 * @param base the environment they are added to
 */
export function credentialVariables(keys: SandboxCredentials, base: NodeJS.ProcessEnv): Record<string, string> {
  const named = (names: readonly string[], value: string): [string, string][] => names.map((name) => [name, value]);
  const emptied = [...TOKEN, ...ELSEWHERE].filter((name) => (base[name] ?? "") !== "");
  return Object.fromEntries([
    ...named(emptied, ""),
    ...named(KEY_ID, keys.accessKeyId),
    ...named(KEY_SECRET, keys.accessKeySecret),
    ...(keys.securityToken === undefined ? [] : named(TOKEN, keys.securityToken)),
  ]);
}

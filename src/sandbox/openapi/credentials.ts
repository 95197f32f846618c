/** A key pair that the sandbox accepts. */
export interface SandboxCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** When set, requests with this key must carry the token. @default none */
  readonly securityToken?: string;
}

/** The key pair of a sandbox that nobody gave one. It opens nothing but sandboxes. */
export const SANDBOX_CREDENTIALS: SandboxCredentials = {
  accessKeyId: "LTAI5tAnycastSandbox0000",
  accessKeySecret: "anycast-sandbox-secret-not-real",
};

import { expectationError, SandboxError } from "./errors";
import { CREDENTIAL_VARIABLES, SANDBOX_CREDENTIALS } from "./openapi/credentials";

/** Variables that give the real provider the cloud's address. */
const ENDPOINT =
  /^(ALIBABA_CLOUD_ENDPOINT_\w+|ALICLOUD_\w*ENDPOINT\w*|(VPC|ECS|SLB|EIPANYCAST|RESOURCEMANAGER|BSSOPENAPI|LOCATION|STS)_ENDPOINT|ALICLOUD_CREDENTIALS_URI|ALIBABA_CLOUD_CREDENTIALS_URI)$/;
const LOOPBACK = /^(\w+:\/\/)?(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?(\/.*)?$/i;

/**
 * A sandbox and a real cloud must not be mixed up in one run.
 * @throws SandboxError `SandboxEndpointReal` when the environment names an endpoint that is not on this machine
 */
export function refuseRealEndpoints(env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === "" || !ENDPOINT.test(name) || LOOPBACK.test(value)) continue;
    throw expectationError("SandboxEndpointReal", {
      what: `the variable ${name}`,
      rule: "unset or on 127.0.0.1 while the sandbox (a simulated cloud) is used",
      // Never the value: a URI may hold a token.
      got: "another address",
      fix: `unset ${name}, or do not use the sandbox for this run.`,
    });
  }
}

/**
 * The released provider, unlike the simulated one, can reach a real cloud: a run that uses it in the sandbox must not
 * hold a key to one.
 * @throws SandboxError `SandboxCredentialsReal` when the environment names credentials that are not the sandbox's
 */
export function refuseRealCredentials(env: NodeJS.ProcessEnv): void {
  const own: readonly string[] = [SANDBOX_CREDENTIALS.accessKeyId, SANDBOX_CREDENTIALS.accessKeySecret];
  const name = CREDENTIAL_VARIABLES.find((one) => (env[one] ?? "") !== "" && !own.includes(env[one]!));
  if (name === undefined) return;
  // Never the value: it may be a secret.
  throw new SandboxError(
    "SandboxCredentialsReal",
    `The variable ${name} must not be set while the released provider is used in the sandbox (a simulated cloud). Fix: unset ${name}, or do not use the sandbox for this run.`,
  );
}

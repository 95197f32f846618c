import { expectationError } from "../core/errors";

/** Variables by which the real provider is told where the cloud is. */
const ENDPOINT =
  /^(ALIBABA_CLOUD_ENDPOINT_\w+|ALICLOUD_\w*ENDPOINT\w*|(VPC|ECS|SLB|EIPANYCAST|RESOURCEMANAGER|BSSOPENAPI|LOCATION|STS)_ENDPOINT|ALICLOUD_CREDENTIALS_URI|ALIBABA_CLOUD_CREDENTIALS_URI)$/;
const LOOPBACK = /^(\w+:\/\/)?(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?(\/.*)?$/i;

/**
 * A sandbox and a real cloud must not be mixed up in one run.
 * @throws AnycastError `SandboxEndpointReal` when the environment names an endpoint that is not on this machine
 */
export function refuseRealEndpoints(env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === "" || !ENDPOINT.test(name) || LOOPBACK.test(value)) continue;
    throw expectationError("SandboxEndpointReal", {
      what: `the variable ${name}`,
      rule: "unset or on 127.0.0.1 while the sandbox (a simulated cloud) is used",
      got: value,
      fix: `unset ${name}, or do not use the sandbox for this run.`,
    });
  }
}

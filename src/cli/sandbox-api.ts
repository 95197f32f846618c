import type { SandboxExtension } from "../sandbox";
import { startOpenApi } from "../sandbox/openapi";

/**
 * What the released provider talks to instead of the cloud.
 * @param env the environment that the command inside will get, the sandbox's variables put on top
 */
export function apiFrontFor(env: NodeJS.ProcessEnv): SandboxExtension {
  return async (cloud) => {
    const api = await startOpenApi({ cloud, baseEnv: env });
    return { env: api.env, stop: () => api.close() };
  };
}

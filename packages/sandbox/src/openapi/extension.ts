import type { SandboxExtension } from "../extension";
import type { OpenApiOptions } from "./server";
import { startOpenApi } from "./server";

/**
 * The API over HTTP as an extension of a sandbox, for the released provider and other clients:
 * `startSandbox({ provider: "none", extensions: [apiOf()] })`.
 */
export function apiOf(options: Omit<OpenApiOptions, "cloud"> = {}): SandboxExtension {
  return async (cloud, baseEnv) => {
    const api = await startOpenApi({ baseEnv, ...options, cloud });
    return { env: api.env, stop: () => api.close() };
  };
}

import type { SandboxExtension } from "../extension";
import { cloudLookup } from "./cloud-lookup";
import { interruptible } from "./interruption";
import { startInternet } from "./start-internet";
import type { InternetOptions } from "./start-internet";

/**
 * The internet as an extension of a sandbox, `startSandbox({ extensions: [internetOf()] })`: public addresses of the
 * simulated cloud answer, with the delays of a distant user.
 */
export function internetOf(options: Omit<InternetOptions, "lookup"> = {}): SandboxExtension {
  return (cloud, baseEnv) => startInternet({ baseEnv, ...options, lookup: interruptible(cloud, cloudLookup(cloud)) });
}

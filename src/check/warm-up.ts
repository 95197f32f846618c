import { readPolicyBundle } from "../policy";
import { loadConfig } from "./config";
import { gateFor } from "./gate-for";
import { readTypes } from "./read-types";
import { completeSettings } from "./settings";
import type { CheckOptions } from "./check-plans";

/**
 * Opens the gate ahead of the check that follows in this process, which then begins at once. It decides nothing.
 * @param options those of the check
 * @throws AnycastError as the check itself does
 */
export function warmUp(options: Pick<CheckOptions, "config" | "cwd" | "regionFromEnv">): void {
  const bundle = readPolicyBundle();
  const loaded = loadConfig(options.config, options.cwd ?? process.cwd(), bundle.rules);
  gateFor(bundle, readTypes(bundle), completeSettings(loaded, options.regionFromEnv, new Date()));
}

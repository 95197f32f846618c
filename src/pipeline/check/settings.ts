import type { PolicyBundle, Settings } from "../../policy";
import type { CheckOptions } from "./check-plans";

/** Completes what the caller and anycast.yaml say, once, with the defaults: the strictest there are. */
export function completeSettings(options: CheckOptions, _bundle: PolicyBundle): Settings {
  return {
    regions: "quick_start",
    levels: {},
    waivers: [],
    region_from_env: options.regionFromEnv ?? null,
    network_interfaces: false,
    bandwidth: {},
    window: null,
    today: (options.now ?? new Date()).toISOString().slice(0, 10),
    live: {},
  };
}

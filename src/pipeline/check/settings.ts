import type { WaiverReport } from "../../core/check-report";
import type { Settings } from "../../policy";
import type { LoadedConfig } from "../config";
import { windowState } from "../config";

/** Completes what anycast.yaml and the command line say, once, with the defaults: the strictest there are. */
export function completeSettings(loaded: LoadedConfig, regionFromEnv: string | undefined, now: Date): Settings {
  const { config } = loaded;
  const window = config.windows === undefined ? null : windowState(config.windows, now);
  return {
    regions: config.regions ?? "quick_start",
    levels: config.levels ?? {},
    waivers: (config.waivers ?? []).map(({ rule, address, expires }) => ({ rule, address, expires })),
    region_from_env: regionFromEnv ?? null,
    network_interfaces: config.network_interfaces ?? false,
    bandwidth: config.bandwidth ?? {},
    window: window === null ? null : { open: window.open, next: window.next },
    today: dayOf(now),
    live: {},
  };
}

/** What became of each waiver, in the order of the file. */
export function waiversOf(loaded: LoadedConfig, used: ReadonlySet<number>, now: Date): WaiverReport[] {
  return (loaded.config.waivers ?? []).map(({ rule, address, owner, reason, expires }, i) => ({
    state: expires < dayOf(now) ? "expired" : used.has(i) ? "used" : "unused",
    rule,
    address,
    owner,
    reason,
    expires,
    at: loaded.waiverAt(i),
  }));
}

/** Day in UTC, YYYY-MM-DD: waivers run out on the same moment everywhere. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

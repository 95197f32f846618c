import type { WaiverReport } from "../core/check-report";
import { dayOf } from "../core/day";
import type { RuleMetadata, Settings } from "../policy";
import type { LoadedConfig } from "./config";
import { windowState } from "./config";
import type { AcknowledgementRules } from "./acknowledgements";

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

/**
 * Which rules a construct's acknowledgement may lift: those that anycast.yaml names, and never a rule that cannot be
 * lowered, which needs a waiver there.
 */
export function acknowledgementRules(
  { config }: LoadedConfig,
  rules: readonly RuleMetadata[],
  now: Date,
): AcknowledgementRules {
  const { acknowledgements = "none" } = config;
  const named = rules.filter(
    ({ id, locked }) =>
      !locked && (acknowledgements === "all" || (acknowledgements !== "none" && acknowledgements.includes(id))),
  );
  return { allowed: new Set(named.map(({ id }) => id)), today: dayOf(now) };
}

/** The state of each waiver, in the order of the file. */
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

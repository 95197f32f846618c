import type { SettingsReport, WaiverReport } from "../core/check-report";
import type { RuleMetadata, Settings } from "../policy";
import { CONFIG_FILE, loadConfig } from "./config";
import type { ConfigSource, LoadedConfig } from "./config";
import type { AcknowledgementRules } from "./acknowledgements";
import { acknowledgementRules, completeSettings, waiversOf } from "./settings";

/** The settings of a plan's project. */
export interface PlanSettings {
  readonly settings: Settings;
  readonly acknowledgements: AcknowledgementRules;
  /** Waivers that lifted something, by their place in the file. */
  readonly usedWaivers: Set<number>;
}

interface Opened extends PlanSettings {
  readonly loaded: LoadedConfig;
  readonly source: ConfigSource | null | undefined;
}

const DEFAULTS: LoadedConfig = { config: {}, waiverAt: () => CONFIG_FILE };

function keyOf(source: ConfigSource | null | undefined): string {
  if (source === null) return "defaults";
  return typeof source === "object" ? `commit ${source.origin.commit} ${source.path}` : `file ${source ?? ""}`;
}

/** The settings of one check: each file is read once, even if it counts for many plans. */
export class SettingsCache {
  private readonly opened = new Map<string, Opened>();

  public constructor(
    private readonly options: {
      readonly config?: ConfigSource;
      readonly cwd: string;
      readonly regionFromEnv?: string;
      readonly now: Date;
    },
    private readonly rules: readonly RuleMetadata[],
  ) {}

  /** @throws AnycastError `ConfigNotFound`, `ConfigNotReadable`, `ConfigInvalid` */
  public settingsOf(plan: { readonly config?: ConfigSource | null }): PlanSettings {
    const source = plan.config === undefined ? this.options.config : plan.config;
    const key = keyOf(source);
    const known = this.opened.get(key);
    if (known !== undefined) return known;
    const loaded = source === null ? DEFAULTS : loadConfig(source, this.options.cwd, this.rules);
    const settings = completeSettings(loaded, this.options.regionFromEnv, this.options.now);
    const acknowledgements = acknowledgementRules(loaded, this.rules, this.options.now);
    const opened: Opened = { loaded, source, settings, acknowledgements, usedWaivers: new Set() };
    this.opened.set(key, opened);
    return opened;
  }

  /** The state of every waiver, in the order of the files. */
  public get waivers(): WaiverReport[] {
    return [...this.opened.values()].flatMap(({ loaded, usedWaivers }) =>
      waiversOf(loaded, usedWaivers, this.options.now),
    );
  }

  /** Where settings came from a commit. */
  public get origins(): SettingsReport[] {
    return [...this.opened.values()].flatMap(({ source }) =>
      typeof source === "object" && source !== null ? [source.origin] : [],
    );
  }
}

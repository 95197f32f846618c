import { expectationError } from "../errors";
import type { Settings } from "./call";
import type { CloudOptions, Quotas } from "./contract";
import { DEFAULT_QUOTAS } from "./data/limits";
import { REGIONS, regionFact } from "./data/regions";
import { FaultInjector } from "./faults/injector";
import { IdMaker } from "./ids";

const DEFAULT_ACCOUNT = "1234567890123456";

/** The options with every default filled in. */
export interface CompletedOptions {
  readonly directory: string;
  /** As asked for; undefined takes the one of the state. */
  readonly accountId: string | undefined;
  readonly fallbackAccount: string;
  readonly clock: () => number;
  readonly consistencyLag: number;
  readonly faults: FaultInjector;
  readonly settings: Omit<Settings, "accountId">;
}

/** @throws SandboxError `SandboxOptionInvalid`, `FaultNotUnderstood`, `FaultActionUnknown` */
export function completeOptions(options: CloudOptions): CompletedOptions {
  if (options.accountId !== undefined && !/^\d{16}$/.test(options.accountId))
    throw optionError("the account id", "16 digits", options.accountId);
  const lag = options.consistencyLag ?? 0;
  if (!(lag >= 0 && lag < Infinity))
    throw optionError("the consistency lag", "a number of milliseconds from 0 on", lag);
  return {
    directory: options.directory,
    accountId: options.accountId,
    fallbackAccount: DEFAULT_ACCOUNT,
    clock: options.clock ?? Date.now,
    consistencyLag: lag,
    faults: new FaultInjector(options.faults ?? []),
    settings: {
      quotas: quotasOf(options.quotas ?? {}),
      speed: speedOf(options.speed ?? "instant"),
      regions: regionsOf(options.regions),
      anycastRegions: options.anycastRegions ?? "quick-start",
      ids: new IdMaker(options.random),
    },
  };
}

function quotasOf(asked: Partial<Quotas>): Quotas {
  for (const [name, value] of Object.entries(asked)) {
    if (!(name in DEFAULT_QUOTAS))
      throw optionError("a quota", `one of ${Object.keys(DEFAULT_QUOTAS).join(", ")}`, name);
    if (!Number.isSafeInteger(value) || value < 0)
      throw optionError(`the quota ${name}`, "a whole number from 0 on", value);
  }
  return { ...DEFAULT_QUOTAS, ...asked };
}

function speedOf(speed: number | "instant"): number {
  if (speed === "instant" || speed === 0) return Infinity;
  if (!(speed > 0)) throw optionError("the speed", "a factor from 0 on, or `instant`", speed);
  return speed;
}

function regionsOf(asked: readonly string[] | undefined): readonly string[] {
  if (asked === undefined) return REGIONS.map((region) => region.id);
  for (const id of asked)
    if (regionFact(id) === undefined)
      throw optionError("a region", `one of ${REGIONS.map((region) => region.id).join(", ")}`, id);
  if (asked.length === 0) throw optionError("the regions", "at least one", asked);
  return asked;
}

const optionError = (what: string, rule: string, got: unknown): Error =>
  expectationError("SandboxOptionInvalid", { what, rule, got, fix: "correct the sandbox's options." });

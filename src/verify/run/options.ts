import { defined } from "../../core/defined";
import { randomInt } from "node:crypto";
import type { Emit } from "../../core/events";
import { AnycastError, expectationError } from "../../core/errors";
import type { Metric, VerifySettings } from "../../core/verify-report";
import type { Endpoint, MeasureOptions, Proxy } from "../measure";
import type { RemoteVantage } from "../vantage/spec";
import type { Objective } from "../verdict";

/** One of several places to measure from. */
export interface Place {
  readonly vantage: string;
  readonly proxy?: Proxy;
  readonly remote?: RemoteVantage;
}

export interface VerifyOptions extends MeasureOptions {
  readonly plain: Endpoint;
  readonly accelerated: Endpoint;
  /** Most pairs; each asks both addresses once. @default 160, or the product of rate and duration */
  readonly samples?: number;
  /** Milliseconds over which the pairs are spread. @default 60000, or as long as samples and rate need */
  readonly durationMs?: number;
  /** Pairs per second. @default samples divided by duration */
  readonly rate?: number;
  /** Pairs made first and not counted. @default 1 */
  readonly warmup?: number;
  /** Pairs under way at the same time. More is faster, but the requests may disturb each other. @default 1 */
  readonly parallel?: number;
  /** Differences up to this share are called none, 0 ≤ x < 1. @default 0.05 */
  readonly margin?: number;
  /** Timing that decides. @default "time_total" */
  readonly metric?: Metric;
  /** Seed of the random order, 0 to 2^32 - 1. @default a random one, which the report names */
  readonly seed?: number;
  /** Compare answers of different sizes. @default false */
  readonly ignoreSize?: boolean;
  /** Objectives that the accelerated address must meet. @default none */
  readonly slo?: readonly Objective[];
  /** What makes the requests. @default "node" */
  readonly engine?: "node" | "curl";
  /** How long to wait for both addresses to answer at all before measuring, in milliseconds. @default 0 */
  readonly waitMs?: number;
  /** Whether the proxy is the sandbox's internet. @default false */
  readonly sandbox?: boolean;
  /** Name of the place that is measured from. @default "here" */
  readonly vantage?: string;
  /** Places to measure from at the same time, each through its own proxy or from another host. @default only `vantage` */
  readonly places?: readonly Place[];
  /** Another host that makes the requests. @default this one */
  readonly remote?: RemoteVantage;
  /** Environment for programs and tokens. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Make all pairs, even if the verdict is clear before. @default false */
  readonly toTheEnd?: boolean;
  /**
   * End as soon as the times are beyond doubt. Errors may come later, so with objectives all pairs are made. @default true
   */
  readonly early?: boolean;
  /** Receives progress events of the step `verify`; the step itself belongs to the caller. */
  readonly emit?: Emit;
}

const SAMPLES = 160;
const DURATION_MS = 60_000;
/** Most pairs: more add no information, and all are kept until the end. */
export const MOST_SAMPLES = 10_000;

/** Options with every default filled in. */
export interface Completed {
  readonly settings: VerifySettings;
  readonly durationMs: number;
  readonly seed: number;
}

/** @throws AnycastError `OptionInvalid` */
export function complete(options: VerifyOptions): Completed {
  const { samples, durationMs } = spread(options);
  const timeoutMs = options.timeoutMs ?? 10_000;
  return {
    durationMs,
    seed: options.seed ?? randomInt(2 ** 32),
    settings: {
      metric: options.metric ?? "time_total",
      margin: options.margin ?? 0.05,
      samples,
      duration: durationMs / 1000,
      warmup: options.warmup ?? 1,
      parallel: options.parallel ?? 1,
      timeout: timeoutMs / 1000,
      method: options.method ?? "GET",
      engine: options.engine ?? "node",
      network: options.sandbox === true ? "sandbox" : options.proxy === undefined ? "direct" : "proxy",
      ...defined({ expect_status: options.expectStatus }),
      ignore_size: options.ignoreSize ?? false,
      ...defined({ family: options.family }),
      ...hostOf(options.plain),
      headers: (options.headers ?? []).map(([name]) => name.toLowerCase()).sort(),
    },
  };
}

function hostOf({ hostHeader, url }: Endpoint): Pick<VerifySettings, "host"> {
  return hostHeader === new URL(url).host ? {} : { host: hostHeader };
}

/** Samples, duration and rate depend on each other: two of them give the third. */
function spread(options: VerifyOptions): { samples: number; durationMs: number } {
  const spreads = spreadOf(options);
  if (spreads.samples <= MOST_SAMPLES) return spreads;
  throw expectationError("OptionInvalid", {
    what: "the number of pairs",
    rule: `at most ${MOST_SAMPLES}`,
    got: spreads.samples,
    fix: "lower --rate or --duration.",
  });
}

function spreadOf({ samples, durationMs, rate }: VerifyOptions): { samples: number; durationMs: number } {
  const pace = SAMPLES / DURATION_MS;
  if (rate === undefined) {
    if (samples !== undefined) return { samples, durationMs: durationMs ?? samples / pace };
    return { samples: SAMPLES, durationMs: durationMs ?? DURATION_MS };
  }
  if (samples !== undefined && durationMs !== undefined) {
    throw new AnycastError(
      "OptionInvalid",
      "--samples, --duration and --rate exclude each other: two of them give the third. Fix: leave one of them out.",
    );
  }
  if (samples !== undefined) return { samples, durationMs: (samples / rate) * 1000 };
  const ms = durationMs ?? DURATION_MS;
  return { samples: Math.max(1, Math.round((rate * ms) / 1000)), durationMs: ms };
}

import { expectationError } from "../../core/errors";
import type { SideName, SloResult, Timing, VantageReport } from "../../core/verify-report";
import { mean, percentile, summarize } from "../statistics";

/** A service level objective, read from its text. */
export interface Objective {
  readonly text: string;
  readonly side: SideName;
  /** A statistic of one timing, or the share of failed requests. */
  readonly what: { readonly statistic: string; readonly timing: Timing } | "errors";
  readonly inclusive: boolean;
  /** Seconds, or a share. */
  readonly limit: number;
}

const NAMES: Readonly<Record<string, Timing>> = {
  dns: "time_namelookup",
  connect: "time_connect",
  tls: "time_appconnect",
  "first-byte": "time_starttransfer",
  ttfb: "time_starttransfer",
  total: "time_total",
  time_namelookup: "time_namelookup",
  time_connect: "time_connect",
  time_appconnect: "time_appconnect",
  time_starttransfer: "time_starttransfer",
  time_total: "time_total",
};

const FORM =
  /^(?:(?<side>plain|accelerated)\.)?(?:(?<statistic>min|max|mean|median|p\d{1,2}(?:\.\d+)?)\(\s*(?<timing>[a-z_-]+)\s*\)|(?<errors>errors))\s*(?<operator><=?)\s*(?<limit>\d+(?:\.\d+)?)\s*(?<unit>ms|s|%)$/;

/** Reads `p95(total) < 300ms` or `errors < 1%`. @throws AnycastError `ObjectiveNotUsable` */
export function parseObjective(text: string): Objective {
  const parts = FORM.exec(text.trim())?.groups;
  const timing = NAMES[parts?.timing ?? ""];
  const isErrors = parts?.errors !== undefined;
  const percent = Number(/^p(.+)$/.exec(parts?.statistic ?? "")?.[1] ?? "50");
  if (
    parts === undefined ||
    (isErrors ? parts.unit !== "%" : timing === undefined || parts.unit === "%") ||
    percent <= 0
  ) {
    throw expectationError("ObjectiveNotUsable", {
      what: "the objective",
      rule: "like `p95(total) < 300ms`, of min, median, mean, max or pNN, and dns, connect, tls, first-byte or total; or like `errors < 1%`",
      got: text,
      at: "--slo",
      fix: "write it in one of these forms.",
    });
  }
  const factor = parts.unit === "s" ? 1 : parts.unit === "ms" ? 1e-3 : 1e-2;
  return {
    text: text.trim(),
    side: (parts.side as SideName | undefined) ?? "accelerated",
    what: isErrors ? "errors" : { statistic: parts.statistic!, timing: timing! },
    inclusive: parts.operator === "<=",
    limit: Number(parts.limit) * factor,
  };
}

/** Whether an objective holds from every place; where nothing was measured it does not. */
export function sloResult(objective: Objective, vantages: readonly VantageReport[]): SloResult {
  const values = vantages.map((one) => valueOf(objective, one));
  const value = values.length === 0 ? Infinity : Math.max(...values);
  const met = objective.inclusive ? value <= objective.limit : value < objective.limit;
  return { objective: objective.text, met, ...(Number.isFinite(value) ? { value } : {}) };
}

/** The value of an objective; a failed request counts as infinitely slow. */
function valueOf({ side, what }: Objective, { attempts }: VantageReport): number {
  const own = attempts.filter((one) => one.side === side);
  const failed = own.filter(({ error }) => error !== undefined).length;
  if (own.length === 0) return Infinity;
  if (what === "errors") return failed / own.length;
  const answered = own.filter(({ error }) => error === undefined);
  const times = answered.flatMap(({ us }) => us[what.timing] ?? []).map((us) => us / 1e6);
  if (times.length === 0) return Infinity;
  const all = [...times, ...new Array<number>(failed).fill(Infinity)];
  if (what.statistic === "mean") return failed > 0 ? Infinity : mean(times);
  if (what.statistic.startsWith("p")) return percentile(all, Number(what.statistic.slice(1)));
  const { min, median = Infinity, max = Infinity } = summarize(times, failed) ?? { min: Infinity };
  return what.statistic === "min" ? min : what.statistic === "max" ? max : median;
}

import { Command, InvalidArgumentError, Option } from "commander";
import { AnycastError } from "../core/errors";
import { METRICS } from "../core/verify-report";
import type { Metric } from "../core/verify-report";
import { MOST_SAMPLES, parseObjective, parseResolve, parseVantage } from "../verify";
import type { Objective, RemoteVantage, Resolved } from "../verify";

/** Options of the measurement, as commander parses them: of `verify`, `verify record` and `deploy --verify`. */
export interface MeasureFlags {
  readonly samples?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly rate?: number;
  readonly warmup: number;
  readonly parallel: number;
  readonly timeout: number;
  readonly wait?: number;
  readonly margin: number;
  readonly metric: Metric;
  readonly seed?: number;
  readonly method: "GET" | "HEAD";
  readonly engine: "node" | "curl";
  readonly header?: readonly (readonly [string, string])[];
  readonly expectStatus?: readonly number[];
  readonly ignoreSize?: boolean;
  readonly resolve?: readonly Resolved[];
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly socks5?: string;
  readonly from?: readonly string[];
  readonly vantage?: readonly RemoteVantage[];
  readonly cacert?: string;
  readonly insecure?: boolean;
  readonly slo?: readonly Objective[];
  readonly failOn?: readonly FailOn[];
  readonly failOnRegression?: boolean;
}

/** What `--fail-on` can name. */
export const FAIL_ON = ["slower", "no-difference", "inconclusive", "errors"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** A parser of numbers within limits, for commander. */
export function numberBetween(least: number, most: number, whole = false): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`Expected a ${whole ? "whole " : ""}number from ${least} to ${most}.`);
  };
}

/** Adds the options of the measurement, and those for which results the command fails. */
export function addMeasureOptions(command: Command): Command {
  return addVerdictOptions(addProbeOptions(command));
}

/** Names of all these options as flags. */
export function measureFlagNames(): string[] {
  return addMeasureOptions(new Command()).options.map((option) => option.attributeName());
}

/** Adds the options of the measurement. */
export function addProbeOptions(command: Command): Command {
  return command
    .option("-n, --samples <n>", "most pairs of requests (default: 160)", numberBetween(1, MOST_SAMPLES, true))
    .option("--duration <time>", "spread the pairs over this time, e.g. 90s or 5m (default: 60s)", milliseconds)
    .option("--rate <n>", "pairs per second", numberBetween(0.001, 1000))
    .option("--warmup <n>", "pairs first that do not count", numberBetween(0, 1000, true), 1)
    .option("--parallel <n>", "pairs at the same time", numberBetween(1, 100, true), 1)
    .option("--timeout <seconds>", "longest time of one request", numberBetween(0.001, 3600), 10)
    .option("--margin <percent>", "differences up to this are none", numberBetween(0, 50), 5)
    .addOption(new Option("--metric <name>", "timing that decides").choices(METRICS).default("time_total"))
    .option("--seed <n>", "repeat the random order of an earlier run", numberBetween(0, 2 ** 32 - 1, true))
    .addOption(new Option("--method <name>", "HTTP method").choices(["GET", "HEAD"]).default("GET"))
    .addOption(new Option("--engine <name>", "what makes the requests").choices(["node", "curl"]).default("node"))
    .option("-H, --header <header>", "send `Name: value`; Host is the name in TLS too; may be repeated", headers)
    .option("--expect-status <codes>", "statuses that count as answered, e.g. 200,301", statuses)
    .option("--ignore-size", "compare answers of different sizes")
    .option("--resolve <host:port:address>", "take this address for a name, as curl does; may be repeated", resolves)
    .option("-4, --ipv4", "IPv4 addresses only")
    .option("-6, --ipv6", "IPv6 addresses only")
    .option("--socks5 <url>", "go through a SOCKS 5 proxy")
    .option("--from <places>", "where users are, e.g. london,virginia; in the sandbox only", names)
    .option("--vantage <place>", "measure from ssh:HOST or globalping:PLACE; may be repeated", vantages)
    .option("--cacert <file>", "PEM file of certificate authorities")
    .option("-k, --insecure", "accept any certificate");
}

/** Adds the options for which results the command fails. */
export function addVerdictOptions(command: Command): Command {
  return command
    .option("--slo <objective>", "exit 1 unless met, e.g. 'p95(total) < 300ms'; may be repeated", objectives)
    .option("--fail-on <list>", `exit 1 on any of ${FAIL_ON.join(",")}`, failOn)
    .option("--fail-on-regression", "the same as --fail-on slower,errors");
}

/** Durations as everywhere, and milliseconds; a number alone is seconds. */
function milliseconds(text: string): number {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const value = Number(number) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit as "s"];
  if (value >= 1 && value <= 7 * 24 * 3_600_000) return value;
  throw new InvalidArgumentError("Expected a duration such as 500ms, 90s, 5m or 1h.");
}

function headers(text: string, before: MeasureFlags["header"] = []): MeasureFlags["header"] {
  const [, name, value = ""] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(text) ?? [];
  // A value may be a secret, so it is not shown.
  if (name === undefined || (/^host$/i.test(name) && value.trim() === ""))
    throw new InvalidArgumentError("Expected a header such as `Host: www.example.com`.");
  return [...before, [name, value.trim()]];
}

function statuses(text: string): readonly number[] {
  const codes = text.split(",").map(Number);
  if (codes.every((code) => Number.isInteger(code) && code >= 200 && code <= 599)) return codes;
  throw new InvalidArgumentError("Expected status codes such as 200 or 200,301.");
}

const names = (text: string): readonly string[] => [...new Set(text.split(",").map((name) => name.trim()))];

function failOn(text: string): readonly FailOn[] {
  const names = text.split(",").map((name) => name.trim());
  const known = FAIL_ON.filter((one) => names.includes(one));
  if (names.every((name) => (FAIL_ON as readonly string[]).includes(name))) return known;
  throw new InvalidArgumentError(`Expected a list of ${FAIL_ON.join(", ")}.`);
}

const vantages = (text: string, before: readonly RemoteVantage[] = []): readonly RemoteVantage[] => [
  ...before.filter(({ name }) => name !== text),
  usable(() => parseVantage(text)),
];

const resolves = (text: string, before: readonly Resolved[] = []): readonly Resolved[] => [
  ...before,
  usable(() => parseResolve(text)),
];

const objectives = (text: string, before: readonly Objective[] = []): readonly Objective[] => [
  ...before,
  usable(() => parseObjective(text)),
];

/** Turns an error of parsing into commander's own. */
function usable<T>(parse: () => T): T {
  try {
    return parse();
  } catch (thrown) {
    throw thrown instanceof AnycastError ? new InvalidArgumentError(thrown.message) : thrown;
  }
}

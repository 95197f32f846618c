import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { isDay } from "../../core/day";
import { AnycastError, expected } from "../../core/errors";
import type * as Yaml from "../../core/yaml";
import type { CheckedYaml } from "../../core/yaml";
import type { RuleMetadata } from "../../policy";
import { readConfigText } from "./read-text";
import { configSchema } from "./schema";
import type { ConfigSource } from "./source";
import type { ChangeWindow } from "./windows";
import { isTimeZone } from "./windows";

export interface Waiver {
  readonly rule: string;
  readonly address: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, YYYY-MM-DD in UTC. */
  readonly expires: string;
}

/** What anycast.yaml holds; everything may be left out. */
export interface Config {
  readonly version?: 1;
  readonly regions?: string | readonly string[];
  readonly levels?: Readonly<Record<string, "deny" | "warn" | "off">>;
  readonly network_interfaces?: boolean;
  readonly bandwidth?: { readonly min?: number; readonly max?: number };
  readonly windows?: readonly ChangeWindow[];
  readonly waivers?: readonly Waiver[];
  /** Rules whose findings a construct's acknowledgement lifts. @default none */
  readonly acknowledgements?: "none" | "all" | readonly string[];
}

/** Name of the file when none is given. */
export const CONFIG_FILE = "anycast.yaml";

/** A configuration and where each waiver is in its file. */
export interface LoadedConfig {
  readonly config: Config;
  /** The file's bytes, for digests; undefined when there is no file. */
  readonly text?: string;
  waiverAt(index: number): string;
}

/**
 * Reads anycast.yaml. A missing file is no error unless it was named.
 * @throws AnycastError `ConfigNotFound`, `ConfigNotReadable`, `ConfigInvalid`
 */
export function loadConfig(named: ConfigSource | undefined, cwd: string, rules: readonly RuleMetadata[]): LoadedConfig {
  if (typeof named === "object") {
    const { text } = named;
    const shown = relative(cwd, named.path);
    return text === undefined ? { config: {}, waiverAt: () => shown } : { ...parseConfig(text, shown, rules), text };
  }
  const path = named === undefined ? join(cwd, CONFIG_FILE) : resolve(cwd, named);
  if (!existsSync(path)) {
    if (named === undefined) return { config: {}, waiverAt: () => CONFIG_FILE };
    throw new AnycastError(
      "ConfigNotFound",
      `There is no configuration file at ${named}. Fix: check the path given with --config.`,
    );
  }
  const text = readConfigText(path);
  return { ...parseConfig(text, relative(cwd, path) || path, rules), text };
}

export function parseConfig(text: string, file: string, rules: readonly RuleMetadata[]): LoadedConfig {
  const locked = rules.filter((rule) => rule.locked).map((rule) => rule.id);
  const schema = configSchema(
    rules.map((rule) => rule.id),
    locked,
  );
  // Loaded when there is a file to read: most checks have none.
  const { checkYaml } = require("../../core/yaml") as typeof Yaml;
  const checked = checkYaml<Config>(text, file, schema, "ConfigInvalid");
  const problems = [...windowProblems(checked), ...waiverProblems(checked), ...bandwidthProblems(checked)];
  if (problems.length > 0) throw new AnycastError("ConfigInvalid", problems.join("\n"));
  return { config: checked.value, waiverAt: (index) => checked.at(["waivers", index]) };
}

function windowProblems({ value, at }: CheckedYaml<Config>): string[] {
  return (value.windows ?? []).flatMap((window, i) =>
    isTimeZone(window.time_zone)
      ? []
      : [
          expected({
            what: `windows.${String(i)}.time_zone`,
            rule: "an IANA time zone",
            got: window.time_zone,
            at: at(["windows", i, "time_zone"]),
            fix: "use a name such as Asia/Singapore or Europe/London.",
          }),
        ],
  );
}

function waiverProblems({ value, at }: CheckedYaml<Config>): string[] {
  return (value.waivers ?? []).flatMap((waiver, i) => {
    const problems: string[] = [];
    if (!isDay(waiver.expires)) {
      problems.push(
        expected({
          what: `waivers.${String(i)}.expires`,
          rule: "a day of the calendar",
          got: waiver.expires,
          at: at(["waivers", i, "expires"]),
          fix: "write it as YYYY-MM-DD.",
        }),
      );
    }
    if (/[*?]/.test(waiver.address.replace(/\["(?:[^"\\]|\\.)*"\]/g, ""))) {
      problems.push(
        expected({
          what: `waivers.${String(i)}.address`,
          rule: "one exact address",
          got: waiver.address,
          at: at(["waivers", i, "address"]),
          fix: "write a waiver for each address.",
        }),
      );
    }
    return problems;
  });
}

function bandwidthProblems({ value, at }: CheckedYaml<Config>): string[] {
  const { min, max } = value.bandwidth ?? {};
  return min !== undefined && max !== undefined && min > max
    ? [
        expected({
          what: "bandwidth.min",
          rule: `at most bandwidth.max (${String(max)})`,
          got: min,
          at: at(["bandwidth", "min"]),
          fix: "swap the two.",
        }),
      ]
    : [];
}

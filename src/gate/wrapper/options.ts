import { AnycastError, expectationError } from "../../core/errors";
import type { PassedOptions } from "../../terraform/options";
import { passedOptions, TERRAFORM_OPTIONS } from "../../terraform/options";

/** The options of one plan, apply or destroy, sorted by where they go. */
export interface GatedOptions {
  readonly autoApprove: boolean;
  readonly destroy: boolean;
  readonly refreshOnly: boolean;
  readonly detailedExitcode: boolean;
  readonly json: boolean;
  readonly noColor: boolean;
  /** `-input`; undefined when not given. */
  readonly input: boolean | undefined;
  /** `-out` as given. */
  readonly out: string | undefined;
  /** Options for `plan` and `apply PLANFILE`, without our own. */
  readonly passed: PassedOptions;
  /** A saved plan file, for `apply`. */
  readonly positional: readonly string[];
}

const WHY_REFUSED: Readonly<Record<string, string>> = {
  target: "a part of the configuration only, so a binding could be left out of what is checked",
  state: "another state than the one the configuration names",
};

/**
 * Reads options as Go's flag package does: one dash or two, `-x=v` or `-x v`, up to the first argument without a dash.
 * @throws AnycastError `OptionRefused`, `OptionUnknown`, `OptionInvalid`
 */
export function readOptions(command: string, args: readonly string[]): GatedOptions {
  const own = new Map<string, string>();
  const passed: [string, string | undefined][] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const argument = args[at]!;
    if (argument === "--") {
      at++;
      break;
    }
    const parsed = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(argument);
    if (parsed === null) break;
    const name = parsed[1]!;
    const spec = TERRAFORM_OPTIONS.get(name);
    if (spec === undefined) throw unknownOption(command, name);
    let given = parsed[2];
    if (given === undefined && spec.takesValue) {
      at++;
      given = args[at];
      if (given === undefined) throw missingValue(command, name);
    }
    if (spec.to === "refused") throw refusedOption(command, name, given);
    if (spec.to === "own" || name === "json" || name === "no-color") own.set(name, given ?? "true");
    passed.push([name, given]);
  }
  const isOn = (name: string): boolean => own.has(name) && readBoolean(command, name, own.get(name)!);
  return {
    autoApprove: isOn("auto-approve"),
    destroy: isOn("destroy"),
    refreshOnly: isOn("refresh-only"),
    detailedExitcode: isOn("detailed-exitcode"),
    json: isOn("json"),
    noColor: isOn("no-color"),
    input: own.has("input") ? isOn("input") : undefined,
    out: own.get("out"),
    passed: passedOptions(passed),
    positional: args.slice(at),
  };
}

/** Reads what Go's strconv.ParseBool accepts. */
function readBoolean(command: string, name: string, text: string): boolean {
  if (["1", "t", "T", "true", "TRUE", "True"].includes(text)) return true;
  if (["0", "f", "F", "false", "FALSE", "False"].includes(text)) return false;
  throw expectationError("OptionInvalid", {
    what: `the option -${name} of terraform ${command}`,
    rule: "true or false",
    got: text,
    fix: `write -${name} or -${name}=false.`,
  });
}

function unknownOption(command: string, name: string): AnycastError {
  return new AnycastError(
    "OptionUnknown",
    `The gate does not know the option -${name} of terraform ${command}, and must know what an option does to the plan. Fix: leave it out, or update this package if terraform ${command} has a new option.`,
  );
}

function missingValue(command: string, name: string): AnycastError {
  return new AnycastError(
    "OptionInvalid",
    `-${name} of terraform ${command} needs a value. Fix: write -${name}=VALUE.`,
  );
}

function refusedOption(command: string, name: string, given: string | undefined): AnycastError {
  const family = /^(target|exclude)/.test(name) ? "target" : "state";
  return new AnycastError(
    "OptionRefused",
    `terraform ${command} does not run with \`-${name}=${given ?? ""}\` behind the gate: it would use ${WHY_REFUSED[family]}. ` +
      `Fix: ${family === "target" ? "run it without the option; to deploy less, split the stack" : "set the state's place in the backend block of the configuration"}.`,
  );
}

import { resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { refuseSpecialFile } from "../core/regular-file";
import type { PassedOptions } from "../terraform/options";
import { passedOptions } from "../terraform/options";
import type { CliIo } from "./io";
import { collected, wholeNumber } from "./numbers";

/** An option that a verb passes to terraform. */
interface Passed {
  /** Terraform's name of it; `TERRAFORM_OPTIONS` says which commands take it. */
  readonly name: string;
  readonly option: Option;
  /** The value for terraform; undefined leaves the option out. @default the value itself */
  readonly given?: (value: string, io: CliIo) => string | undefined;
}

/** All passed options. One that is added here reaches terraform from every verb that names it. */
const PASSED: readonly Passed[] = [
  {
    name: "var",
    option: new Option("--var <name=value>", "set a terraform variable; may be repeated").argParser(collected),
  },
  {
    name: "var-file",
    option: new Option("--var-file <path>", "read terraform variables from a file; may be repeated").argParser(
      collected,
    ),
    given: (path, io) => regular(resolve(io.cwd, path)),
  },
  {
    name: "refresh",
    option: new Option("--refresh <boolean>", "read the real state of resources first")
      .choices(["true", "false"])
      .default("true"),
    given: (value) => (value === "false" ? value : undefined),
  },
  {
    name: "lock-timeout",
    option: new Option("--lock-timeout <duration>", "wait that long for a locked state, e.g. 5m"),
  },
  {
    name: "parallelism",
    option: new Option("--terraform-parallelism <n>", "resources terraform works on at the same time").argParser(
      wholeNumber(1, 1000),
    ),
  },
];

/** For a file that terraform is going to read: reading a pipe would wait without end. @throws AnycastError `NotARegularFile` */
function regular(path: string): string {
  refuseSpecialFile(path);
  return path;
}

/** Adds options of terraform, by terraform's names, to a verb. */
export function addTerraformOptions(command: Command, ...names: readonly string[]): Command {
  for (const { name, option } of PASSED) if (names.includes(name)) command.addOption(option);
  return command;
}

/** The given options, for terraform; paths are relative to the current directory. */
export function terraformOptions(flags: object, io: CliIo): PassedOptions {
  return passedOptions(
    PASSED.flatMap(({ name, option, given = (value) => value }) =>
      [(flags as Record<string, unknown>)[option.attributeName()] ?? []]
        .flat()
        .map((value) => given(String(value), io))
        .flatMap((value): [string, string][] => (value === undefined ? [] : [[name, value]])),
    ),
  );
}

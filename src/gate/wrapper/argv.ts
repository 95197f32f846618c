/** A terraform command line, split as terraform itself splits it. */
export interface CommandLine {
  /** Options in front of the command, e.g. `-chdir=DIR`. */
  readonly globals: readonly string[];
  /** The command; undefined when there is none. */
  readonly command: string | undefined;
  readonly args: readonly string[];
  /** The directory of `-chdir`, if given. */
  readonly chdir: string | undefined;
}

/** Everything up to the first argument without a dash is global, as in terraform. */
export function splitCommandLine(argv: readonly string[]): CommandLine {
  const at = argv.findIndex((argument) => !argument.startsWith("-"));
  const globals = at < 0 ? [...argv] : argv.slice(0, at);
  const chdir = globals
    .map((argument) => /^--?chdir=(.*)$/s.exec(argument)?.[1])
    .filter((directory) => directory !== undefined)
    .at(-1);
  return { globals, command: at < 0 ? undefined : argv[at], args: at < 0 ? [] : argv.slice(at + 1), chdir };
}

/** Where an option of plan, apply or destroy goes once they are split into "plan, check, apply that file". */
export type Destination =
  /** Handed to `plan`. */
  | "plan"
  /** Handed to `plan` and to the `apply` of the checked file. */
  | "both"
  /** Read by us. */
  | "own"
  /** Would make the plan, or the state, another one than the one that can be checked. */
  | "refused";

interface OptionSpec {
  readonly takesValue: boolean;
  readonly to: Destination;
}

const flag = (to: Destination): OptionSpec => ({ takesValue: false, to });
const value = (to: Destination): OptionSpec => ({ takesValue: true, to });

/** Every option that plan, apply and destroy of Terraform 1.x and OpenTofu know. An unknown one is refused. */
export const OPTIONS: ReadonlyMap<string, OptionSpec> = new Map([
  ["auto-approve", flag("own")],
  ["destroy", flag("own")],
  ["refresh-only", flag("own")],
  ["detailed-exitcode", flag("own")],
  ["input", flag("own")],
  ["out", value("own")],
  ["json", flag("both")],
  ["no-color", flag("both")],
  ["compact-warnings", flag("both")],
  ["lock", flag("both")],
  ["lock-timeout", value("both")],
  ["parallelism", value("both")],
  ["refresh", flag("plan")],
  ["replace", value("plan")],
  ["var", value("plan")],
  ["var-file", value("plan")],
  ["generate-config-out", value("plan")],
  ["allow-deferral", flag("plan")],
  ["concise", flag("plan")],
  ["show-sensitive", flag("plan")],
  ["consolidate-warnings", flag("plan")],
  ["consolidate-errors", flag("plan")],
  ["deprecation", value("plan")],
  ["target", value("refused")],
  ["target-file", value("refused")],
  ["exclude", value("refused")],
  ["exclude-file", value("refused")],
  ["state", value("refused")],
  ["state-out", value("refused")],
  ["backup", value("refused")],
]);

const HELP = new Set(["-h", "-help", "--help"]);
const VERSION = new Set(["-v", "-version", "--version"]);

/**
 * Asks for terraform's own help, or version: nothing is planned or applied then. Exactly as terraform tells it:
 * after `--`, or in another spelling, such an argument is the name of a file.
 */
export function asksForHelp({ globals, args }: CommandLine): boolean {
  const end = args.indexOf("--");
  return (
    globals.some((argument) => HELP.has(argument) || VERSION.has(argument)) ||
    (end < 0 ? args : args.slice(0, end)).some((argument) => HELP.has(argument))
  );
}

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

const HELP = new Set(["-h", "-help", "--help"]);
const VERSION = new Set(["-v", "-version", "--version"]);

/**
 * Asks for terraform's own help, or version: nothing is planned or applied then. Exactly as terraform decides it:
 * after `--`, or in another spelling, such an argument is the name of a file.
 */
export function asksForHelp({ globals, args }: CommandLine): boolean {
  const end = args.indexOf("--");
  return (
    globals.some((argument) => HELP.has(argument) || VERSION.has(argument)) ||
    (end < 0 ? args : args.slice(0, end)).some((argument) => HELP.has(argument))
  );
}

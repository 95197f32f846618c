import type { Readable } from "node:stream";

/** The part of a stream the command line needs. */
export interface OutStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Everything a verb may touch of the outside world, so that tests run `main` in process. */
export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Results only. */
  readonly stdout: OutStream;
  /** Everything else: progress, questions, notices, errors. */
  readonly stderr: OutStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Whether colours may be used, per stream: a terminal, not CI, no NO_COLOR and no --no-color. */
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  /** Columns to wrap text at. */
  readonly width: number;
  /** Whether the terminal is interactive: questions may be asked and live progress drawn. */
  readonly interactive: boolean;
  /** `--debug`: errors show their causes. */
  readonly debug: boolean;
  /** What the process exits with. A verb's action sets it. @default 0 */
  exitCode: number;
}

/** What `main` is given; the rest of CliIo is derived from it and from argv. */
export type RawIo = Pick<CliIo, "stdin" | "stdout" | "stderr" | "env" | "cwd">;

const NARROWEST = 40;
const DEFAULT_WIDTH = 80;

/** Completes the caller's streams from the terminal, the environment and the global options. */
export function completeIo(raw: RawIo, options: { noColor: boolean; debug: boolean }): CliIo {
  const inCi = isSet(raw.env.CI);
  const colorful = (stream: OutStream): boolean =>
    stream.isTTY === true && !inCi && !options.noColor && !isSet(raw.env.NO_COLOR) && raw.env.TERM !== "dumb";
  const { stdout, stderr, env, cwd } = raw;
  return {
    // Opened when it is read: most runs do not read it.
    get stdin() {
      return raw.stdin;
    },
    stdout,
    stderr,
    env,
    cwd,
    color: { stdout: colorful(raw.stdout), stderr: colorful(raw.stderr) },
    width: Math.max(NARROWEST, raw.stdout.columns ?? raw.stderr.columns ?? DEFAULT_WIDTH),
    interactive: !inCi && raw.stderr.isTTY === true && raw.stdin.isTTY === true,
    debug: options.debug,
    exitCode: 0,
  };
}

/** An environment flag counts as set unless it is empty, `0` or `false`. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

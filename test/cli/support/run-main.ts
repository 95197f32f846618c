import { Readable } from "node:stream";
import { main } from "../../../src/cli/main";

export interface MainResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface MainWorld {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string | Uint8Array | Readable;
  /** Makes stdout a terminal of so many columns. @default stdout is a pipe */
  readonly terminal?: number;
}

/** Runs a command line in this process, with nothing of the real world but the directory. */
export async function runMain(argv: readonly string[], world: MainWorld): Promise<MainResult> {
  let [stdout, stderr] = ["", ""];
  const stdin =
    world.stdin instanceof Readable ? world.stdin : Readable.from(world.stdin === undefined ? [] : [world.stdin]);
  const tty = world.terminal === undefined ? {} : { isTTY: true, columns: world.terminal };
  const exitCode = await main(argv, {
    stdin,
    stdout: { write: (text) => (stdout += text), ...tty },
    stderr: { write: (text) => (stderr += text) },
    env: world.env ?? {},
    cwd: world.cwd,
  });
  return { exitCode, stdout, stderr };
}

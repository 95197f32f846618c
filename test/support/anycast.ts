import { join } from "node:path";
import { run } from "../../src/core/process";

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command, as a process of its own in `cwd`, outside of any sandbox. */
export async function anycast(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { exitCode, stdout, stderr } = await run(join(__dirname, "../../bin/anycast"), args, {
    cwd,
    env: { ...process.env, CI: "1", ANYCAST_SANDBOX: "", TF_REATTACH_PROVIDERS: "", ...env },
  });
  return { code: exitCode, out: stdout.toString(), err: stderr.toString() };
}

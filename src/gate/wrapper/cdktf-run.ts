import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../../core/process-identity";
import type { WrapperContext } from "./context";
import { isDrivenByCdktf } from "./context";

/** One `cdktf deploy` or `cdktf destroy` over several stacks. */
export interface CdktfRun {
  /** Names of its stacks: those cdktf has initialised, which it does for all of them before it applies the first. */
  readonly stacks: readonly string[];
  /** The stack this process works on. */
  readonly own: string;
  /** The output directory, with manifest.json in it. */
  readonly outdir: string;
  /** Path that begins the names of the run's files. */
  readonly base: string;
}

const PREFIX = "anycast-cdktf-";

/**
 * Finds the run this process belongs to, from the files that `bin/anycast-terraform` writes at each `init`.
 * @returns undefined outside of cdktf, and for a run with one stack: there are no other stacks to check
 */
export function findCdktfRun(stackDirectory: string, context: WrapperContext): CdktfRun | undefined {
  const stacks = dirname(stackDirectory);
  if (context.parent === undefined || !isDrivenByCdktf(context.env) || basename(stacks) !== "stacks") return undefined;
  const outdir = dirname(stacks);
  removeEnded(outdir);
  const base = join(outdir, `${PREFIX}${context.parent}-${startOf(context.parent)}`);
  const own = basename(stackDirectory);
  const names = new Set(namesIn(base));
  return names.size < 2 || !names.has(own) ? undefined : { stacks: [...names], own, outdir, base };
}

/**
 * When a process started, in clock ticks since the machine's start: it shows that a process id was reused.
 * Empty where there is no /proc. The shell front reads the same field.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(") ") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function namesIn(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

/** Removes files of ended runs. Best effort: another process may be doing the same. */
function removeEnded(outdir: string): void {
  try {
    for (const name of readdirSync(outdir)) {
      const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
      if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(outdir, name), { recursive: true, force: true });
    }
  } catch {
    // The directory cannot be read, or does not exist: terraform reports that.
  }
}

import { existsSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { AnycastError } from "../../core/errors";
import { localStatePath } from "./state-file";

/** Free bytes that an apply needs wherever it may have to write a state, in addition to the state itself. */
const LEAST_BYTES = 4 * 1024 * 1024;
const STATES = 4;

/**
 * Refuses to begin on a full disk: terraform would do its work and could then write neither the state nor, as its last
 * resort, `errored.tfstate` in its own directory.
 * @throws AnycastError `DiskFull`
 */
export function refuseFullDisk(stackDirectory: string, env: NodeJS.ProcessEnv): void {
  const state = localStatePath(stackDirectory, env);
  const size = state !== undefined && existsSync(state) ? statSync(state).size : 0;
  const needed = LEAST_BYTES + STATES * size;
  // What terraform prints is kept in the temporary directory while it runs: at the worst a whole state.
  const places = [stackDirectory, ...(state === undefined ? [] : [dirname(state)]), env.TMPDIR || tmpdir()];
  for (const place of places) {
    const room = freeBytesIn(place);
    if (room >= needed) continue;
    throw new AnycastError(
      "DiskFull",
      `The disk is full: the state needs at least ${inKib(needed)}, and ${inKib(room)} are free (at ${place}). Nothing was changed. Fix: free some space there and run the same command again.`,
    );
  }
}

/** Free bytes; unlimited where that is unknown. */
function freeBytesIn(directory: string): number {
  try {
    const { bavail, bsize, blocks } = statfsSync(directory);
    // Some network and overlay file systems report no size at all.
    return blocks === 0 ? Infinity : bavail * bsize;
  } catch {
    return Infinity;
  }
}

const inKib = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;

import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { systemCodeOf } from "../../src/core/errors";
import { takeRunLock } from "../../src/gate/stacks/run-lock";

/** Takes and gives back the lock of a run until the time is over, and tells how often another had it too. */
const [outdir, ms] = process.argv.slice(2);
const inside = join(outdir!, "inside");
const end = Date.now() + Number(ms);
let taken = 0;
let shared = 0;

function next(): void {
  if (Date.now() > end) {
    process.stdout.write(JSON.stringify({ taken, shared }));
    return;
  }
  let lock: ReturnType<typeof takeRunLock>;
  try {
    lock = takeRunLock(outdir!);
  } catch (thrown) {
    if (systemCodeOf(thrown) !== "AnotherRun") throw thrown;
    setImmediate(next);
    return;
  }
  taken += 1;
  try {
    // A directory can be made by one alone.
    mkdirSync(inside);
    rmdirSync(inside);
  } catch {
    shared += 1;
  }
  lock.release();
  setImmediate(next);
}

next();

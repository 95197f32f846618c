import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AnycastError } from "../../src/core/errors";
import { run } from "../../src/core/process";
import { compile } from "./compile";
import { PROJECT_ROOT } from "./provider";

/** From this number of files on, processes of their own pay for their start. */
const SEVERAL = 200;
/** Each stays below 0.6 GB (HEAP makes the collector keep to it); with the parent, all stay under 2 GB. */
const HEAP = 400;
const MOST = 3;

/** What a shard process reads from its stdin. */
export interface Shard {
  readonly files: readonly string[];
  readonly sources: string;
  readonly out: string;
}

/**
 * Compiles all files, in several processes when there are many.
 * @throws AnycastError `BindingsNotCompiled`
 */
export async function compileAll(files: readonly string[], sources: string, out: string): Promise<void> {
  const processes = files.length < SEVERAL ? 1 : Math.min(MOST, availableParallelism());
  if (processes === 1) return compile(files, sources, out);
  const shards = Array.from({ length: processes }, (_, n) => files.filter((_file, at) => at % processes === n));
  // All must have ended before the caller may clean up what they write.
  const ended = await Promise.allSettled(shards.map((part) => compileShard({ files: part, sources, out })));
  const failed = ended.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function compileShard(shard: Shard): Promise<void> {
  const args = [`--max-old-space-size=${HEAP}`, "--import", "tsx", join(__dirname, "shard.ts")];
  const ended = await run(process.execPath, args, { cwd: PROJECT_ROOT, input: JSON.stringify(shard) });
  if (ended.exitCode !== 0) throw new AnycastError("BindingsNotCompiled", ended.stderr.toString("utf8").trim());
}

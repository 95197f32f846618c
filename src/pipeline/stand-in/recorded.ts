import { beginRecord, removeRecord } from "../recovery";
import type { FollowOptions, FollowResult } from "../terraform";
import { follow, outputFiles } from "../terraform";
import type { GatedRun } from "./gate";
import { stopping } from "./gate";
import { placeOf } from "./unsettled";

/** Applies a plan file, and writes down while it does what would be needed if it were killed. */
export async function applyRecorded(
  run: GatedRun,
  planFile: string,
  listener: Pick<FollowOptions, "onStdout" | "onStderr">,
): Promise<FollowResult> {
  const { options, terraform } = run;
  const place = placeOf(run);
  const files = outputFiles(terraform);
  const record = beginRecord(place, { files, planFile, directory: terraform.directory });
  try {
    const ended = await follow(terraform, ["apply", "-input=false", ...options.applyArgs, planFile], {
      ...listener,
      files,
      onSpawn: (pid) => record.started(pid),
      onStopping: stopping(run),
    });
    if (ended.exitCode === 0) removeRecord(place);
    return ended;
  } finally {
    record.ended();
  }
}

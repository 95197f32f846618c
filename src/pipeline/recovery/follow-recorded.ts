import type { FollowOptions, FollowResult, Terraform } from "../terraform";
import { follow, outputFiles } from "../terraform";
import type { RecordPlace } from "./record";
import { beginRecord, removeRecord } from "./record";

export interface RecordedOptions extends Pick<FollowOptions, "onStdout" | "onStderr" | "onStopping"> {
  readonly place: RecordPlace;
  readonly planFile: string;
  /** Called when terraform is about to begin: from here on a part of it may be done. @default nobody is told */
  readonly onBegun?: () => void;
  /** Whether terraform has also said that it is done. @default by its exit code */
  readonly isDone?: (ended: FollowResult) => boolean;
}

/**
 * Runs an apply, and writes down while it runs what would be needed if it were killed. Of one that ends well no record
 * stays.
 * @param args terraform's arguments, the plan file included
 * @throws AnycastError `AnotherRun`, `ApplyNotRecorded`
 */
export async function followRecorded(
  terraform: Terraform,
  args: readonly string[],
  { place, planFile, onBegun, isDone = ({ exitCode }) => exitCode === 0, ...listener }: RecordedOptions,
): Promise<FollowResult> {
  const files = outputFiles(terraform);
  const record = beginRecord(place, { files, planFile, directory: terraform.directory });
  onBegun?.();
  try {
    const ended = await follow(terraform, args, { ...listener, files, onSpawn: (pid) => record.started(pid) });
    if (isDone(ended)) removeRecord(place);
    return ended;
  } finally {
    record.ended();
  }
}

import { regionFromEnvironment } from "../project";
import type { FollowOptions, FollowResult, Terraform } from "../terraform";
import { follow, outputFiles, showPlan } from "../terraform";
import type { PlannedCreation } from "./creation";
import { creationsIn } from "./creations-in";
import type { RecordPlace } from "./record";
import { beginRecord, removeRecord } from "./record";
import type { RemoteRecords } from "./remote";
import { remoteRecords } from "./remote";

export interface RecordedOptions extends Pick<FollowOptions, "onStdout" | "onStderr" | "onStopping"> {
  readonly place: RecordPlace;
  readonly planFile: string;
  /** Told what people should know about the record. @default nobody is told */
  readonly onNotice?: (message: string) => void;
  /** Called when terraform is about to begin: from here on a part of it may be done. @default nobody is told */
  readonly onBegun?: () => void;
  /** Whether terraform has also said that it is done. @default by its exit code */
  readonly isDone?: (ended: FollowResult) => boolean;
}

/**
 * Runs an apply, and writes down before it begins what it is about to make, and while it runs what would be needed if
 * it were killed. Of one that ends well no record stays.
 * @param args terraform's arguments, the plan file included
 * @throws AnycastError `AnotherRun`, `ApplyNotRecorded`
 */
export async function followRecorded(
  terraform: Terraform,
  args: readonly string[],
  { place, planFile, onNotice, onBegun, isDone = ({ exitCode }) => exitCode === 0, ...listener }: RecordedOptions,
): Promise<FollowResult> {
  const creations = await creationsOf(terraform, planFile);
  const files = outputFiles(terraform);
  const record = beginRecord(place, { files, creations, directory: terraform.directory });
  const remote = creations.length === 0 ? undefined : remoteRecords(place, terraform);
  try {
    await writeBeside(remote, record.content, onNotice);
    onBegun?.();
    const ended = await follow(terraform, args, { ...listener, files, onSpawn: (pid) => record.started(pid) });
    if (isDone(ended)) {
      removeRecord(place);
      await remote?.remove(record.content.id);
    }
    return ended;
  } finally {
    record.ended();
  }
}

async function creationsOf(terraform: Terraform, planFile: string): Promise<PlannedCreation[]> {
  const plan: unknown = JSON.parse((await showPlan(terraform, planFile)).toString("utf8"));
  return creationsIn(plan, regionFromEnvironment(terraform.env));
}

/** What cannot be written there lies in the project, and that is said: another runner does not find it. */
async function writeBeside(
  remote: RemoteRecords | undefined,
  content: Parameters<RemoteRecords["write"]>[0],
  onNotice: RecordedOptions["onNotice"],
): Promise<void> {
  const failed = await remote?.write(content);
  if (failed !== undefined) onNotice?.(failed);
}

import { defined } from "../../core/defined";
import { regionFromEnvironment } from "../../terraform/project";
import type { FollowOptions, FollowResult, Terraform } from "../../terraform";
import { follow, outputFiles, showPlan } from "../../terraform";
import type { PlannedCreation } from "./creation";
import { creationsIn } from "./creations-in";
import type * as Marks from "./marks";
import type { RecordContent, RecordPlace } from "./record";
import { beginRecord, removeRecord } from "./record";
import { remoteRecords } from "./remote";

export interface RecordedOptions extends Pick<FollowOptions, "onStdout" | "onStderr" | "onStopping"> {
  readonly place: RecordPlace;
  readonly planFile: string;
  /** Receives messages about the record. @default no listener */
  readonly onNotice?: (message: string) => void;
  /** Called when terraform is about to begin: from here on a part of it may be applied. @default no listener */
  readonly onBegun?: () => void;
  /** Whether terraform has also said that it is done. @default by its exit code */
  readonly isDone?: (ended: FollowResult) => boolean;
}

/**
 * Runs an apply, and writes down before it begins what it is about to make, and while it runs what would be needed if
 * it were killed. Of one that ends well no record stays.
 * @param args terraform's arguments, the plan file included
 * @throws AnycastError `AnotherRun`, `ApplyNotRecorded`, `PerhapsMadeBefore`
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
    await writeBeside({ place, terraform, ...defined({ onNotice }) }, record.content);
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
  const json = await showPlan(terraform, planFile);
  return creationsIn(JSON.parse(json.toString("utf8")), regionFromEnvironment(terraform.env));
}

/**
 * Where it cannot be written there, another runner does not find it: what it would make twice is looked for now.
 * @throws AnycastError `PerhapsMadeBefore`
 */
async function writeBeside(
  { place, terraform, onNotice }: { place: RecordPlace; terraform: Terraform } & Pick<RecordedOptions, "onNotice">,
  content: RecordContent,
): Promise<void> {
  if (content.creations.length === 0) return;
  const failed = await remoteRecords(place, terraform)?.write(content);
  if (failed === undefined) return;
  try {
    // Almost every state has room for a record next to it.
    const { refuseMarked } = require("./marks") as typeof Marks;
    onNotice?.(await refuseMarked(place, terraform, content.creations, failed));
  } catch (thrown) {
    removeRecord(place);
    throw thrown;
  }
}

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
 * Runs an apply on record: before it begins, what it is about to make is written down, and while it runs, what would be
 * needed if it were killed. The record of a successful apply is removed.
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
    await recordNextToState({ place, terraform, ...defined({ onNotice }) }, record.content);
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
 * Writes the record next to the state. Where that is not possible, no other runner can find it, so the cloud is searched
 * now for what a lost apply may have made.
 * @throws AnycastError `PerhapsMadeBefore`
 */
async function recordNextToState(
  { place, terraform, onNotice }: { place: RecordPlace; terraform: Terraform } & Pick<RecordedOptions, "onNotice">,
  content: RecordContent,
): Promise<void> {
  if (content.creations.length === 0) return;
  const failed = await remoteRecords(place, terraform)?.write(content);
  if (failed === undefined) return;
  try {
    // Rarely needed: almost every backend can keep a record next to the state.
    const { refuseMarked } = require("./marks") as typeof Marks;
    onNotice?.(await refuseMarked(place, terraform, content.creations, failed));
  } catch (thrown) {
    removeRecord(place);
    throw thrown;
  }
}

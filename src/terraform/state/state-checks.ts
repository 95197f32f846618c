import { refuseUnsavedState } from "../unsaved-state";
import { refuseFullDisk } from "./disk-space";
import { refuseEmptiedHttpState, refuseOneStateForAll } from "./http-state";
import { refuseServerRuns } from "./server-runs";
import { localStatePath, refuseEmptiedState } from "./state-file";
import { refuseStateOfOtherCloud } from "./state-cloud";

/**
 * Makes all checks of a stack's state that come before a plan or an apply.
 * @throws AnycastError `PolicyRunsOnServer`, `StateNotSaved`, `StateEmptied`, `DiskFull`, `StateIsReal`, `StateIsSandbox`, `StateElsewhere`
 */
export async function refuseUnsafeState(stackDirectory: string, env: NodeJS.ProcessEnv): Promise<void> {
  refuseServerRuns(stackDirectory, env);
  refuseFullDisk(stackDirectory, env);
  refuseUnsavedState(stackDirectory, localStatePath(stackDirectory, env));
  refuseEmptiedState(stackDirectory, env);
  refuseStateOfOtherCloud(stackDirectory, env);
  await refuseOneStateForAll(stackDirectory, env);
  await refuseEmptiedHttpState(stackDirectory, env);
}

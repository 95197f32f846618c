import { refuseUnsavedState } from "../unsaved-state";
import { refuseFullDisk } from "./disk-room";
import { refuseEmptiedHttpState, refuseOneStateForAll } from "./http-state";
import { refuseServerRuns } from "./server-runs";
import { localStatePath, refuseEmptiedState } from "./state-file";
import { refuseOtherWorld } from "./state-world";

/**
 * Everything that must be right about the state of a stack before it is planned or applied.
 * @throws AnycastError `PolicyRunsOnServer`, `StateNotSaved`, `StateEmptied`, `DiskFull`, `StateIsReal`, `StateIsSandbox`, `StateElsewhere`
 */
export async function refuseUnsafeState(stackDirectory: string, env: NodeJS.ProcessEnv): Promise<void> {
  refuseServerRuns(stackDirectory, env);
  refuseFullDisk(stackDirectory, env);
  refuseUnsavedState(stackDirectory, localStatePath(stackDirectory, env));
  refuseEmptiedState(stackDirectory, env);
  refuseOtherWorld(stackDirectory, env);
  await refuseOneStateForAll(stackDirectory, env);
  await refuseEmptiedHttpState(stackDirectory, env);
}

import type { TerraformStack } from "cdktf";
import { cloudState, ConstructError, httpState, ossState, s3State, configureBackend } from "cdktf-alicloud-anycast";
import type { StatePlace } from "cdktf-alicloud-anycast";
import type { Settings } from "../settings";
import { SettingsError } from "../settings";

/**
 * Keeps the state of a stack where the settings say; without a word of theirs it stays in a local file.
 * @throws SettingsError `SettingsInvalid`
 */
export function keepState(stack: TerraformStack, { state }: Pick<Settings, "state">): void {
  try {
    const place = placeOf(state);
    if (place !== undefined) configureBackend(stack, place);
  } catch (thrown) {
    if (!(thrown instanceof ConstructError)) throw thrown;
    throw new SettingsError("SettingsInvalid", thrown.message, thrown);
  }
}

function placeOf(state: Settings["state"]): StatePlace | undefined {
  if (state?.oss !== undefined) return ossState(state.oss);
  if (state?.s3 !== undefined) return s3State(state.s3);
  if (state?.http !== undefined) return httpState(state.http);
  return state?.cloud === undefined ? undefined : cloudState(state.cloud);
}

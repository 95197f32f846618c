import { ecsWays } from "./ecs";
import { lookUpWays } from "./look-ups";
import { slbWays } from "./slb";
import { vpcWays } from "./vpc";
import type { Way, Ways } from "./way";

export type { Way, Ways } from "./way";

/** Every call that the simulated provider makes, and how the released one sends it. */
export const WAYS: Ways = { ...vpcWays, ...ecsWays, ...slbWays, ...lookUpWays };

/**
 * How a file of the released provider sends an action.
 * @param place which of several places in that file. @default the only one, or the one without a name
 */
export function wayOf(file: string, action: string, place?: string): Way {
  const actions = WAYS[file];
  const way = (place === undefined ? undefined : actions?.[`${action} (${place})`]) ?? actions?.[action];
  // A defect of the sandbox, and found by the first test that comes along here.
  if (way === undefined) throw new Error(`No entry says how ${file} sends ${action}.`);
  return way;
}

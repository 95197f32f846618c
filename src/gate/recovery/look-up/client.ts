import type { Ask } from "../../../check/live/api";
import { endpointsOf, officialClient } from "../../../check/live/official-client";

/**
 * The official client, used only for actions that read. It is made at the first call, because it is slow to load.
 * @throws AnycastError `LiveCredentialsMissing`, `CloudNotAsked`
 */
export function cloudOf(env: NodeJS.ProcessEnv): Ask {
  let client: Promise<Ask> | undefined;
  return async (...question) => (await (client ??= officialClient(endpointsOf(env), env)))(...question);
}

import type { Ask } from "../../../check/live/api";
import { endpointsOf, officialClient } from "../../../check/live/official-client";

/**
 * The official client, asked for nothing but lists. Made when the first question comes, since it takes long to load.
 * @throws AnycastError `LiveCredentialsMissing`, `CloudNotAsked`
 */
export function cloudOf(env: NodeJS.ProcessEnv): Ask {
  let client: Promise<Ask> | undefined;
  return async (...question) => (await (client ??= officialClient(endpointsOf(env), env)))(...question);
}

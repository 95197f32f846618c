import { AnycastError } from "../../core/errors";
import { backendOf } from "./backend";

const ON_A_SERVER: Readonly<Record<string, string>> = { cloud: "a cloud block", remote: "the remote backend" };

/**
 * Refuses stacks whose runs happen on a server, as with HCP Terraform and the `remote` backend: their plans are neither
 * made nor applied here. Only the server knows whether a workspace is set to run locally, so that is refused as well.
 * @throws AnycastError `PolicyRunsOnServer`
 */
export function refuseServerRuns(stackDirectory: string, env: NodeJS.ProcessEnv): void {
  const kind = ON_A_SERVER[backendOf(stackDirectory, env).kind];
  if (kind === undefined) return;
  throw new AnycastError(
    "PolicyRunsOnServer",
    `The stack has ${kind} (at ${stackDirectory}): its runs happen on a server, where this gate cannot check them. Nothing was planned. ` +
      "Fix: connect the folder policies/ to the workspace as an OPA policy set (docs/standalone.md) and deploy with the real terraform; or keep the state in another backend (docs/state.md).",
  );
}

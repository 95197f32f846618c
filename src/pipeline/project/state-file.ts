import { existsSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { AnycastError } from "../../core/errors";

interface Backends {
  readonly backend?: Readonly<Record<string, { readonly path?: unknown }>>;
  readonly cloud?: unknown;
}

function backendsOf(stackDirectory: string): Backends | undefined {
  try {
    const stack = JSON.parse(readFileSync(join(stackDirectory, "cdk.tf.json"), "utf8")) as { terraform?: Backends };
    return stack.terraform ?? {};
  } catch {
    return undefined;
  }
}

/** The place of the local state of a synthesised stack; undefined when the state is kept elsewhere. */
export function localStatePath(stackDirectory: string): string | undefined {
  const path = backendsOf(stackDirectory)?.backend?.local?.path;
  return typeof path === "string" ? resolve(stackDirectory, path) : undefined;
}

/** Whether the state stays where it is when the configuration is copied elsewhere; what cannot be read may not. */
export function keepsStateElsewhere(stackDirectory: string): boolean {
  const backends = backendsOf(stackDirectory);
  if (backends === undefined) return false;
  if (backends.cloud !== undefined) return true;
  const names = Object.keys(backends.backend ?? {});
  const path = backends.backend?.local?.path;
  return names.length > 0 && (!names.includes("local") || (typeof path === "string" && isAbsolute(path)));
}

/**
 * Refuses to work on an emptied state: terraform takes a state file of zero bytes for "nothing exists" and would
 * create everything a second time. Killing terraform at the wrong moment leaves one.
 * @throws AnycastError `StateEmptied`
 */
export function refuseEmptiedState(stackDirectory: string): void {
  const path = localStatePath(stackDirectory);
  if (path === undefined || !existsSync(path) || statSync(path).size > 0) return;
  const backup = `${path}.backup`;
  if (!existsSync(backup) || statSync(backup).size === 0) return;
  throw new AnycastError(
    "StateEmptied",
    `Expected the state file to hold the state, got 0 bytes (at ${path}): a run was killed while it wrote. ` +
      `Fix: restore the last good one with \`cp ${backup} ${path}\` and run again; the plan then shows what that run had done since.`,
  );
}

/**
 * Runs of HCP Terraform and of the `remote` backend happen on a server: their plans are not made, and not applied,
 * here. The gate says so instead of pretending.
 * @throws AnycastError `PolicyRunsOnServer`
 */
export function refuseServerRuns(stackDirectory: string): void {
  const backends = backendsOf(stackDirectory);
  const kind = backends?.cloud === undefined ? backends?.backend?.remote && "the remote backend" : "a cloud block";
  if (kind === undefined) return;
  throw new AnycastError(
    "PolicyRunsOnServer",
    `Expected a stack that is planned and applied here, got one with ${kind} (at ${stackDirectory}): its runs happen on a server, where this gate cannot stand. ` +
      "Fix: attach the policies to the workspace as an OPA policy set, and deploy with the real terraform; or keep the state in another backend.",
  );
}

import type { Job, Workflow } from "./model";
import { calledBy } from "./model";

export type Permissions = Readonly<Record<string, string>>;

const RANK: Readonly<Record<string, number>> = { none: 0, read: 1, write: 2 };
const rankOf = (permissions: Permissions, scope: string): number => RANK[permissions[scope] ?? "none"]!;

/** What a job may do: what it names, else what its workflow names, else what the caller may. */
export function permissionsOf(job: Job, workflow: Workflow, allowed: Permissions): Permissions {
  return job.permissions ?? workflow.permissions ?? allowed;
}

/**
 * GitHub starts no workflow of which any job, at any depth, asks for more than its caller may.
 * @throws Error as GitHub words it
 */
export function refuseExcess(workflow: Workflow, allowed: Permissions): void {
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const wanted = permissionsOf(job, workflow, allowed);
    const excess = Object.keys(wanted).find((scope) => rankOf(wanted, scope) > rankOf(allowed, scope));
    if (excess !== undefined) {
      throw new Error(
        `The job '${name}' is requesting '${excess}: ${wanted[excess]!}', but is only allowed '${excess}: ${allowed[excess] ?? "none"}'`,
      );
    }
    if (job.uses !== undefined) refuseExcess(calledBy(job), wanted);
  }
}

import { join } from "node:path";
import type { Terraform } from "../../terraform";
import { makePrivateDirectory } from "../../terraform";
import { regionFromEnvironment } from "../../terraform/project";
import { showPlan } from "../../terraform/show";
import type { PlannedCreation } from "./creation";
import { creationsIn } from "./creations-in";
import { planAsItIs } from "./import";

/**
 * What the configuration says by now of creations that were to be set to something known later: terraform itself evaluates
 * it, with the state as it has become. Of one whose configuration has changed meanwhile nothing is taken over.
 * @param options what a plan of the stack is given
 * @returns those of which more is known, by address
 * @throws AnycastError `StateLocked`
 */
export async function knownNow(
  terraform: Terraform,
  creations: readonly PlannedCreation[],
  options: readonly string[],
): Promise<ReadonlyMap<string, PlannedCreation>> {
  const asked = creations.filter(({ refs }) => Object.keys(refs).length > 0);
  if (asked.length === 0) return new Map();
  const directory = makePrivateDirectory();
  try {
    const file = join(directory.path, "plan");
    if (!(await planAsItIs(terraform, options, file))) return new Map();
    const plan: unknown = JSON.parse((await showPlan(terraform, file)).toString("utf8"));
    const planned = new Map(
      creationsIn(plan, regionFromEnvironment(terraform.env)).map((creation) => [creation.address, creation]),
    );
    return new Map(
      asked.flatMap((creation) => {
        const more = completed(creation, planned.get(creation.address));
        return more === undefined ? [] : [[creation.address, more] as const];
      }),
    );
  } finally {
    directory.remove();
  }
}

function completed(creation: PlannedCreation, now: PlannedCreation | undefined): PlannedCreation | undefined {
  if (now === undefined || now.type !== creation.type || now.region !== creation.region) return undefined;
  const isSame = Object.entries(creation.values).every(([name, value]) => now.values[name] === value);
  const found = Object.keys(creation.refs).filter((name) => now.values[name] !== undefined);
  if (!isSame || found.length === 0) return undefined;
  const values = Object.fromEntries(found.map((name) => [name, now.values[name]!]));
  const refs = Object.entries(creation.refs).filter(([name]) => !found.includes(name));
  return { ...creation, values: { ...creation.values, ...values }, refs: Object.fromEntries(refs) };
}

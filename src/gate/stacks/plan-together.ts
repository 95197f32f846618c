import { join } from "node:path";
import type { CheckReport } from "../../core/check-report";
import { readManifest, selectStacks } from "../../terraform/project";
import type { PrivateDirectory } from "../../terraform";
import { planAll } from "./plan-all";
import { mergeReports } from "./results";
import { oneAtATime } from "./session";
import type { DeployOptions } from "./types";

/** Stacks that must not be applied. */
export interface Refused {
  /** Names of the stacks whose plan was not allowed. */
  readonly denied: readonly string[];
  /** Their reports; undefined when none was denied. */
  readonly report: CheckReport | undefined;
}

/**
 * Plans and checks stacks that were synthesised and initialised elsewhere, as far as they can be planned now, and
 * applies nothing. A stack that cannot be planned has no verdict: the run that applies it reports why.
 * @param outdir the directory with manifest.json
 * @throws AnycastError `SynthesisInvalid`, `StackNotFound`
 */
export async function planTogether(
  options: Omit<DeployOptions, "projectDirectory" | "approve">,
  outdir: string,
  directory: PrivateDirectory,
): Promise<Refused> {
  const { stacks } = readManifest(outdir);
  const ordered = selectStacks(stacks, options.selection, options.operation === "destroy");
  const planned = await planAll(
    {
      options: { ...options, projectDirectory: join(outdir, ".."), approve: () => Promise.resolve(false) },
      directory,
      initTurn: oneAtATime(),
      askTurn: oneAtATime(),
      isInitialized: true,
    },
    ordered,
  );
  const denied = [...planned].filter(([, { status }]) => status === "denied");
  return {
    denied: denied.map(([name]) => name),
    report: mergeReports(denied.flatMap(([, { plan }]) => (plan === undefined ? [] : [plan.report]))),
  };
}

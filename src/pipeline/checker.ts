import type { CheckReport } from "../core/check-report";
import type { Emit } from "../core/events";

/** One plan to check: a file, or the bytes of its JSON. */
export interface PlanSource {
  /** Shown name. */
  readonly name: string;
  /** The JSON that `terraform show -json` printed. */
  readonly json?: Uint8Array;
  /** The saved plan file the JSON came from. */
  readonly planFile?: string;
  /** Directory terraform ran in. */
  readonly cwd?: string;
}

export interface CheckerOptions {
  readonly emit: Emit;
  readonly env?: NodeJS.ProcessEnv;
  /** Path of anycast.yaml. */
  readonly config?: string;
  readonly cwd?: string;
  readonly regionFromEnv?: string;
}

/** What the pipeline needs of the gate; `checkPlans` of pipeline/check is one, tests bring their own. */
export type Checker = (sources: readonly PlanSource[], options: CheckerOptions) => Promise<CheckReport>;

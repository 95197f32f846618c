import type { PassedOptions } from "../../terraform/options";
import type { UserAnswers } from "./suspects";

export interface RecoverOptions extends UserAnswers {
  /** Determine what is open, and change nothing. @default false */
  readonly dryRun?: boolean;
  /** Variables and the lock timeout, as for a plan. */
  readonly passed: PassedOptions;
}

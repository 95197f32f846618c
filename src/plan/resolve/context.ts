import type { Origins } from "./origins";
import type { PlanIndex } from "./plan-index";

/** What facts are made with in addition to the plan. */
export interface FactsContext {
  /** What the cloud said when it was asked: `{load_balancers: [{id, address_type, …}]}`. @default nothing */
  readonly live?: unknown;
  /** The region that providers without one take from the environment. @default undetermined */
  readonly regionFromEnv?: string | null;
  /** Where values come from. @default by the plan's lists of references alone */
  readonly sources?: SourcesOf;
}

/** Makes the origins of a plan, given those by reference to fall back on. */
export type SourcesOf = (index: PlanIndex, byReference: Origins) => Origins;

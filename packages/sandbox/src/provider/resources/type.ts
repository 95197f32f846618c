import type { Api } from "../api/api";
import type { PlanRules } from "../plan/plan";
import type { Checks } from "../validate/validate";
import type { ProviderSettings } from "../session/settings";
import type { ResourceData } from "./data";

export interface OperationContext {
  readonly api: Api;
  readonly settings: ProviderSettings;
  readonly data: ResourceData;
}

/** One resource type: its rules and its way through the cloud's API. */
export interface ResourceType {
  /** File of the real provider that its errors name. */
  readonly file: string;
  readonly checks?: Checks;
  /**
   * Attributes whose check is one of those that a variable turns into a warning, and whose error names it; `true` stands for
   * all. @default none
   */
  readonly skippable?: true | { readonly but: readonly string[] };
  /** @default no rules beyond the schema */
  readonly plan?: PlanRules | ((settings: ProviderSettings) => PlanRules);
  /** Sets `data.id` as soon as the object exists. */
  create(context: OperationContext): Promise<void>;
  /** Fills the data from the cloud; `data.vanish()` when the object does not exist. */
  read(context: OperationContext): Promise<void>;
  /** @default there is nothing to change in place */
  update?(context: OperationContext): Promise<void>;
  delete(context: OperationContext): Promise<void>;
}

import type { Api } from "../api/api";
import type { ProviderSettings } from "../session/settings";
import type { ObjectValue } from "../values/value";
import type { Checks } from "../validate/validate";

export interface DataSourceContext {
  readonly api: Api;
  readonly settings: ProviderSettings;
}

/** Results by name; `id` among them. */
export type Results = Readonly<Record<string, unknown>> & { readonly id: string };

/** One data source. */
export interface DataSourceType {
  /** File of the real provider that its errors name. */
  readonly file: string;
  readonly checks?: Checks;
  /**
   * Attributes whose check is one of those that a variable turns into a warning, and whose error names it; `true` stands for
   * all. @default none
   */
  readonly skippable?: true | { readonly but: readonly string[] };
  /** Reads it. Arguments that are not given have their defaults. */
  read(given: ObjectValue, context: DataSourceContext): Promise<Results>;
}

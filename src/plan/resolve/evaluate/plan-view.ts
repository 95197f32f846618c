/** What the evaluator asks of a plan. */
export interface PlanView {
  /** Raw values of the root module's variables, defaults included. */
  variable(name: string): { readonly value: unknown } | undefined;
  /** Undefined where the plan file does not tell. */
  readonly workspace: string | undefined;
  /**
   * Instances of a block that will exist, by the block's address with its module's (`module.a[0].TYPE.NAME`,
   * `data.TYPE.NAME` for data sources that are read during apply).
   */
  planned(block: string): readonly PlannedInstance[];
  /** Instances of a data source that were read while this plan was made. */
  read(block: string): readonly ReadInstance[];
  /** Keys of a module's instances that hold anything in this plan, by the call's address. */
  moduleKeys(call: string): ReadonlySet<string>;
}

export interface PlannedInstance {
  readonly address: string;
  /** `["x"]`, `[0]` or nothing. */
  readonly key: string;
  /** Made by a provider that the gate knows. */
  readonly trusted: boolean;
  /** Nothing is done to it, so that its attributes stay what they are. */
  readonly unchanged: boolean;
  /** It is created, or replaced, so that its arguments are what the configuration says. */
  readonly created: boolean;
  readonly attribute: (name: string) => PlannedAttribute;
}

export interface PlannedAttribute {
  /** The planned value; undefined when the plan has none under this name. */
  readonly after: unknown;
  /** Which parts are known only after apply. */
  readonly unknown: unknown;
  readonly sensitive: boolean;
}

export interface ReadInstance {
  readonly address: string;
  readonly key: string;
  readonly values: () => Readonly<Record<string, unknown>>;
}

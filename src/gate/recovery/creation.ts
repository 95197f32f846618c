/** A value that a resource can be found by. */
export type Known = string | number | boolean;

/** One object that an apply is about to make, with what the cloud can be asked about it afterwards. */
export interface PlannedCreation {
  readonly address: string;
  readonly type: string;
  /** Source address of the provider, e.g. `registry.terraform.io/aliyun/alicloud`. */
  readonly provider: string;
  /** Region of its provider. @default it is not known */
  readonly region?: string;
  /** Attributes that are known before it is made and that it can be found by; never sensitive ones. */
  readonly values: Readonly<Record<string, Known>>;
  /**
   * Attributes that the configuration sets to what is known later: attribute to the resources whose id it is. Empty where it
   * comes from something else, or the key of the resource is computed.
   */
  readonly refs: Readonly<Record<string, readonly string[]>>;
  /** Resources, without keys, that such attributes come from: without them it cannot have been made. @default those of `refs` */
  readonly after?: readonly string[];
  /** @default none are planned */
  readonly tags?: Readonly<Record<string, string>>;
  /** Id of the object that it replaces. @default it replaces none */
  readonly replaces?: string;
}

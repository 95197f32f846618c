import type { Entry } from "./entry";

/** One thing that the value of an expression may come from. */
export type Origin = ResourceOrigin | KnownOrigin | OpaqueOrigin;

interface Led {
  /** What led there: the expression or the reference as written. */
  readonly by: string;
  /** `main.tf:12`, where the source is at hand. */
  readonly at?: string;
  /**
   * True where a plan only lists that the expression refers to this, not how: a known value may then as well be a key
   * or a condition. Left out where the expression itself was evaluated.
   */
  readonly listed?: boolean;
  /**
   * Why it may be this one or another: "`local.mode` calls file, and the gate reads no files (main.tf:3)". Left out where
   * it is the only one, or only references are at hand.
   */
  readonly doubt?: string;
}

/** An attribute of one resource instance, or of one among several. */
export interface ResourceOrigin extends Led {
  readonly what: "resource";
  readonly type: string;
  /**
   * The instances it may be, of those that will exist; empty when it is none of them. Origins of the same instances
   * share one list, which keeps facts linear: see PlanIndex's `instancesOf` and `only`.
   */
  readonly addresses: readonly string[];
  /** `.id`; empty for the resource as a whole; `?` for an attribute of an instance that a key chooses, where the plan does not list it. */
  readonly attribute: string;
  /** The block's address with its module instance; what follows it in an instance's address is the key. */
  readonly block: string;
  /** True when it is the whole of another output of a module that may be meant as well. */
  readonly maybe?: boolean;
}

export interface KnownOrigin extends Led {
  readonly what: "known";
  readonly value: unknown;
  /** The value is this one, unchanged and not chosen among others. */
  readonly exact: boolean;
  /** It came through something sensitive and may not be shown. */
  readonly hidden: boolean;
}

export interface OpaqueOrigin extends Led {
  readonly what: "opaque";
  /** Completes "`by` …". */
  readonly why: string;
  /** The fix for this cause. @default that of the rule */
  readonly fix?: string;
}

/** Where values come from that a plan does not know yet. There is one by reference, and one that evaluates expressions. */
export interface Origins {
  /** False where expressions are there as lists of references only, and constants only of what rules follow. @default true */
  readonly showsExpressions?: boolean;
  /** Everything the attribute's value may come from, each once. Never empty without a reason: what is not understood is opaque. */
  originsOf(entry: Entry, attribute: string): readonly Origin[];
  /**
   * The same of a provider configuration's region, by the key that blocks name it by; undefined when it sets none.
   * @param entry which uses it
   */
  originsOfRegion(providerKey: string, entry: Entry): readonly Origin[] | undefined;
  /** True when the provider configuration has instances (OpenTofu's `for_each`), whose regions may differ. @default false */
  hasInstances?(providerKey: string): boolean;
  /** True when a block without count and for_each is turned off by OpenTofu's `enabled`, so that it has no instance. @default false */
  isTurnedOff?(address: string): boolean;
  /** True when the entry's block says nothing of the attribute, so that the provider's default holds. */
  isLeftOut(entry: Entry, attribute: string): boolean;
}

/** True when the origin is this attribute of resources. */
export function takes(origin: ResourceOrigin, attribute: string): boolean {
  return origin.attribute === "?" || origin.attribute === `.${attribute}`;
}

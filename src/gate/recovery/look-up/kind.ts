import type { Product } from "../../../check/live/api";

/** How objects of a type are listed in the cloud. */
export interface Listing {
  readonly product: Product;
  readonly action: string;
  /** How its pages are asked for. */
  readonly paging: "number" | "token";
  /** Most on a page. */
  readonly pageSize: number;
  /** Path to the list in the answer. */
  readonly list: readonly string[];
  readonly id: string;
  /** Key of the time at which it was made. @default the cloud does not return it */
  readonly created?: string;
  /** Attribute of the resource to path in the answer; several attributes may be names of the same. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** What an attribute is in the list when the configuration leaves it out. @default it may be anything */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Parameters that narrow the list down to what belongs to another object. @default the whole region is listed */
  readonly within?: readonly { readonly attribute: string; readonly parameter: string }[];
}

/** How objects of a type are recognised in the cloud. */
export interface Kind {
  /** Attributes that hold its name, which its owner chose for this object. */
  readonly names: readonly string[];
  /** Attributes that no two objects can have in common. */
  readonly natural?: readonly string[];
  readonly listing?: Listing;
  /** Its id consists of these attributes: `a|b=c` takes a, else b, else the text c. */
  readonly composed?: readonly string[];
  /** How an attribute is written in such an id. @default as it is */
  readonly written?: Readonly<Record<string, (value: string) => string>>;
  /** Made by several calls, of which a list shows only the first: after an interruption it is made again. */
  readonly isMadeInSteps?: boolean;
}

export const SLB_LIST = { product: "Slb", paging: "number", pageSize: 100 } as const;

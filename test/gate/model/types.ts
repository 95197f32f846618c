/** Keys of a block or a module: none, count or for_each. */
export type Keys = readonly number[] | readonly string[] | undefined;
export type Key = number | string | undefined;

/** How one instance among several is chosen. */
export type Selection =
  | { readonly by: "none" }
  | { readonly by: "literal"; readonly key: number | string }
  /** `each.key` or `count.index` of what the expression stands in. */
  | { readonly by: "own" }
  /** A variable: the plan does not tell which. */
  | { readonly by: "computed" };

/** An expression for a CLB's id, or for what holds one. */
export type Expression =
  /** `clb[…].id`, or with `whole` the CLB itself. */
  | { readonly kind: "clb"; readonly clb: Clb; readonly selection: Selection; readonly whole: boolean }
  /** `module.m[…].output`, with `.id` when the output is a whole CLB or an object. */
  | {
      readonly kind: "output";
      readonly module: Module;
      readonly selection: Selection;
      readonly name: string;
      readonly part: boolean;
    }
  | { readonly kind: "variable"; readonly name: string; readonly part: boolean }
  | { readonly kind: "condition"; readonly yes: Expression; readonly no: Expression }
  /** `{ id = … }` */
  | { readonly kind: "object"; readonly id: Expression }
  /** A function that makes a new value. */
  | { readonly kind: "made"; readonly from: Expression }
  | { readonly kind: "local" }
  /** `each.value.id` where for_each is the CLBs themselves. */
  | { readonly kind: "each"; readonly clb: Clb };

/** What makes a CLB one that must not be bound to. */
export const FLAWS = [
  "internet",
  "left out",
  "unknown",
  "classic",
  "fork",
  "no vSwitch for sure",
  "other region",
] as const;
export type Flaw = (typeof FLAWS)[number];

export interface Clb {
  readonly type: string;
  readonly name: string;
  readonly keys: Keys;
  readonly module: Module;
  readonly vswitch: "known" | "reference";
  readonly flaws: Map<string, Flaw>;
}

export interface Module {
  readonly name: string;
  readonly keys: Keys;
  readonly parent: Module | undefined;
  readonly children: Module[];
  readonly clbs: Clb[];
  readonly outputs: Map<string, Expression>;
  /** What the call of this module passes, in the scope of its parent. */
  readonly passed: Map<string, Expression>;
}

export interface Model {
  readonly root: Module;
  readonly binding: { readonly module: Module; readonly keys: Keys; readonly id: Expression };
  /** HCL shows references only; JSON configuration shows its text next to them. */
  readonly form: "hcl" | "json";
  readonly seed: number;
  /** What a data source has read of the Anycast EIPs of some bindings. */
  readonly read?: Read;
}

export interface Read {
  readonly area: "international" | "ChineseMainland";
  /** Bindings in their order, from this one on. */
  readonly from: number;
}

/** One instance of a module: the keys on the way to it, root first. */
export type Path = readonly { readonly module: Module; readonly key: Key }[];

export function instancesOf(module: Module): Path[] {
  if (module.parent === undefined) return [[]];
  return instancesOf(module.parent).flatMap((path) => keysOf(module.keys).map((key) => [...path, { module, key }]));
}

export function keysOf(keys: Keys): readonly Key[] {
  return keys ?? [undefined];
}

/** A key as Terraform writes it in addresses and references. */
export function shown(key: Key): string {
  if (key === undefined) return "";
  if (typeof key === "number") return `[${String(key)}]`;
  const quoted = JSON.stringify(key).replace(/\$\{/g, "$$$${").replace(/%\{/g, "%%{");
  return `[${quoted.replace(/\u200b/g, "\\u200b")}]`;
}

/** `module.a["x"].module.b.` */
export function prefix(path: Path): string {
  return path.map(({ module, key }) => `module.${module.name}${shown(key)}.`).join("");
}

export function addressOf(clb: Clb, path: Path, key: Key): string {
  return `${prefix(path)}${clb.type}.${clb.name}${shown(key)}`;
}

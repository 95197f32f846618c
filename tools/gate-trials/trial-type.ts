import type { Block, Files } from "./block";
import type { Dice } from "./dice";
import type { Parts } from "./parts";

/** Bindings in a module of their own, with the verdict that is right by construction. */
export interface Trial {
  readonly name: string;
  readonly about: string;
  /** What it must bind is internal, in a VPC, in the region that is named, and free. */
  readonly good: boolean;
  /** Nothing orders what the plan does, so the cloud may bind it well all the same. */
  readonly unordered?: boolean;
  /** Another binding, of an address that cannot be determined, may make up for what is wrong. That one is refused. */
  readonly excusable?: boolean;
  /** The source proves it. */
  readonly provable: boolean;
  readonly expression: string;
  readonly files: Files;
  /** What the module held when it was applied before. */
  readonly before?: Files;
  /** What another configuration made before, named after the trial. */
  readonly elsewhere?: readonly Block[];
  /** Blocks that only the root module may hold. */
  readonly root?: readonly Block[];
  /** Aliases of the root's providers that the module gets. */
  readonly providers: readonly string[];
}

/** What a kind of trial makes; the trial adds what its expressions need. */
export interface Made extends Pick<Trial, "good" | "expression" | "unordered" | "excusable"> {
  /** False where the value must be known when the plan is made, and is not. */
  readonly provable?: boolean;
  readonly blocks: readonly Block[];
  readonly before?: readonly Block[];
  readonly elsewhere?: readonly Block[];
  readonly root?: readonly Block[];
  readonly providers?: readonly string[];
  /** The provider that a module inside of the trial's gets, and the blocks of that module. */
  readonly passed?: { readonly provider: Block; readonly blocks: readonly Block[] };
}

/** Writes an expression that gives what `value` gives; `other` must not be taken. */
export type Wrap = (value: string, other: string) => string;

export interface Making {
  /** Of the trial, to name what is looked up by its name. */
  readonly name: string;
  readonly dice: Dice;
  readonly wrap: Wrap;
  readonly parts: Parts;
}
export type Kind = (making: Making) => Made;

import { AnycastError, expectationError } from "../../core/errors";
import type { StackUnit } from "./manifest";

export interface Selection {
  /** Names or patterns with `*`; what they need comes along. @default all stacks */
  readonly stacks: readonly string[];
  /** Names or patterns of which exactly these are taken, without what they need. */
  readonly only: readonly string[];
}

/**
 * The chosen stacks, each after what it has to wait for. `waitsFor` of a deployment are the stacks a stack depends
 * on; of a destruction, the stacks that depend on it.
 */
export interface OrderedStack extends StackUnit {
  /** Names of chosen stacks that must be done first. */
  readonly waitsFor: readonly string[];
}

/**
 * Chooses and orders stacks.
 * @throws AnycastError `StackNotFound`, `StackCycle`
 */
export function selectStacks(all: readonly StackUnit[], selection: Selection, destroy: boolean): OrderedStack[] {
  const before = new Map(
    all.map((stack) => [stack.name, destroy ? dependentsOf(all, stack.name) : stack.dependencies]),
  );
  const chosen = choose(all, selection, before);
  const ordered: OrderedStack[] = [];
  const state = new Map<string, "visiting" | "done">();
  const visit = (name: string, path: readonly string[]): void => {
    if (state.get(name) === "done" || !chosen.has(name)) return;
    if (state.get(name) === "visiting") {
      throw new AnycastError(
        "StackCycle",
        `The stacks depend on each other in a circle: ${[...path, name].join(" -> ")}. Fix: cut one of these dependencies.`,
      );
    }
    state.set(name, "visiting");
    const waitsFor = (before.get(name) ?? []).filter((other) => chosen.has(other));
    for (const other of waitsFor) visit(other, [...path, name]);
    state.set(name, "done");
    ordered.push({ ...all.find((stack) => stack.name === name)!, waitsFor });
  };
  for (const { name } of all) visit(name, []);
  return ordered;
}

function choose(
  all: readonly StackUnit[],
  selection: Selection,
  before: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const named = [...selection.stacks, ...selection.only];
  if (named.length === 0) return new Set(all.map(({ name }) => name));
  const chosen = new Set(selection.only.flatMap((pattern) => matching(all, pattern)));
  const withNeeds = (name: string): void => {
    if (chosen.has(name)) return;
    chosen.add(name);
    for (const other of before.get(name) ?? []) withNeeds(other);
  };
  for (const name of selection.stacks.flatMap((pattern) => matching(all, pattern))) withNeeds(name);
  return chosen;
}

function matching(all: readonly StackUnit[], pattern: string): string[] {
  const expression = new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
  const names = all.map(({ name }) => name).filter((name) => expression.test(name));
  if (names.length > 0) return names;
  throw expectationError("StackNotFound", {
    what: "the stack",
    rule: `one of ${all.map(({ name }) => name).join(", ")}`,
    got: pattern,
    fix: "name a stack of the app.",
  });
}

function dependentsOf(all: readonly StackUnit[], name: string): string[] {
  return all.filter((stack) => stack.dependencies.includes(name)).map((stack) => stack.name);
}

import type { ProblemFacts, TargetFacts } from "../facts-document";
import { marshal } from "../json-values";
import type { KnownOrigin, ResourceOrigin } from "../origins";

/** What was found of one binding, while it is put together. */
export interface Found {
  readonly targets: readonly TargetFacts[];
  readonly problems: readonly ProblemFacts[];
  /** An expression that decides was only listed by its references. */
  readonly listed: boolean;
  /** Why it may be one of several targets. */
  readonly doubt?: string;
}

export const NOTHING: Found = { targets: [], problems: [], listed: false };

export function problem(what: string, by: string, more: Pick<ProblemFacts, "at" | "fix"> = {}): Found {
  const { at, fix } = more;
  const one = { problem: what, by, ...(at === undefined ? {} : { at }), ...(fix === undefined ? {} : { fix }) };
  return { targets: [], problems: [one], listed: false };
}

/** All of it together, each once. */
export function together(all: readonly Found[]): Found {
  if (all.length === 1) return all[0]!;
  const problems = new Map(all.flatMap((one) => one.problems).map((one) => [JSON.stringify(one), one]));
  return {
    targets: [...new Set(all.flatMap((one) => one.targets))],
    problems: [...problems.values()],
    listed: all.some((one) => one.listed),
  };
}

/** What a wrong origin is, for a message that continues with why that is wrong. */
export function taken({ type, attribute }: ResourceOrigin): string {
  return `takes ${type}${attribute === "?" || attribute === "" ? " as a whole" : attribute}`;
}

export function mayBe(origin: KnownOrigin): string {
  return `may be ${shownValue(origin)}`;
}

export function shownValue({ hidden, value }: KnownOrigin): string {
  return hidden ? "a sensitive value" : marshal(value);
}

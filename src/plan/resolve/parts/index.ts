import type { PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import { entryOf } from "../entry";
import type { FactsDocument } from "../facts-document";
import { isRecord } from "../../../core/is-record";
import { componentsOf } from "./components";
import { type Part, PartWriter } from "./part-writer";

export type { Part } from "./part-writer";

/**
 * Cuts the policies' input into parts that are checked one by one, since no rule compares entries of different parts.
 * Each part is a whole input with its own entries and the facts of these.
 * @param input what the policies are given, without the facts
 * @param pinned texts that settings name; what has such an address keeps its names
 */
export function* cutIntoParts(
  input: JsonObject,
  facts: FactsDocument,
  types: PlanFacts,
  pinned: ReadonlySet<string> = new Set(),
): Generator<Part> {
  const changes = input.resource_changes;
  const parts = new PartWriter(input, facts, types, pinned);
  if (!Array.isArray(changes) || changes.length === 0 || changes.some((change) => concernsAll(change, types))) {
    yield parts.plain(changes, facts.unplanned);
    return;
  }
  if (facts.unplanned.length > 0) yield parts.plain([], facts.unplanned);
  const bindings = new Map(facts.bindings.map((one) => [one.address, one]));
  for (const numbers of componentsOf(changes, bindings))
    yield numbers.length === 1
      ? parts.alone(changes[numbers[0]!])
      : parts.renamed(numbers.map((i) => changes[i] as unknown));
}

/** A binding without an address: facts that do not fit the plan count for nothing in all of it. */
function concernsAll(change: unknown, { roleOf }: PlanFacts): boolean {
  if (!isRecord(change) || roleOf.get(change.type as string) !== "attachment") return false;
  return entryOf(change) === undefined;
}

import type { PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import { isOrdinary } from "../../file/document/strip";
import type { BindingFacts, FactsDocument, TargetFacts } from "../facts-document";
import { isObject, member } from "../json-values";
import { Names } from "./names";
import { renamedChange, renamedFacts } from "./rename";

/** A part of the policies' input that is checked by itself. Parts with the same text get the same answer, but for their names. */
export interface Part {
  readonly text: string;
  /** Puts the names into JSON of the answer. */
  readonly restore: (answer: string) => string;
}

/** Members of a group that are told one by one; of more their number is told. */
const LISTED = 16;

const asItIs = (answer: string): string => answer;

/** Writes inputs for the policies that hold some entries of a plan and the facts of these. */
export class PartWriter {
  private readonly bindings: ReadonlyMap<string, BindingFacts>;
  private readonly configured: ReadonlyMap<string, FactsDocument["configured"][number]>;
  private readonly short = new Map<TargetFacts, TargetFacts>();
  /** Targets of several bindings that are visible. */
  private readonly shared = new Set<TargetFacts>();
  private readonly invisible: number;

  public constructor(
    private readonly input: JsonObject,
    facts: FactsDocument,
    private readonly types: PlanFacts,
    private readonly pinned: ReadonlySet<string>,
  ) {
    this.bindings = new Map(facts.bindings.map((one) => [one.address, one]));
    this.configured = new Map(facts.configured.map((one) => [one.address, one]));
    // What is said once of the whole plan is the same in each part.
    const seen = new Set<TargetFacts>();
    for (const { visible, targets } of facts.bindings)
      if (visible) for (const one of targets) (seen.has(one) ? this.shared : seen).add(one);
    this.invisible = facts.bindings.filter((one) => !one.visible).length;
  }

  /** The entries as they are. */
  public plain(changes: unknown, unplanned: readonly string[] = []): Part {
    return {
      text: this.text(
        changes,
        (one) => one,
        (one) => one,
        unplanned,
      ),
      restore: asItIs,
    };
  }

  /** The entries with placeholders for their names, where they are such as Terraform writes and no setting names one. */
  public renamed(changes: readonly unknown[]): Part {
    const addresses = new Map<string, string>();
    for (const change of changes) {
      if (!isObject(change) || !isOrdinary(change) || this.pinned.has(change.address as string))
        return this.plain(changes);
      // Of a strange provider the fix says where it is named.
      if (!this.types.providers.has(change.provider_name as string)) return this.plain(changes);
      addresses.set(change.address as string, change.type as string);
    }
    const names = new Names(addresses, this.pinned);
    const text = this.text(
      changes.map((change) => renamedChange(change as JsonObject, names, this.types)),
      (one) => renamedFacts(one, names),
      (one) => ({ ...one, address: names.of(one.address) }),
      [],
      [...addresses.keys()],
    );
    return names.areAllOf(text) ? { text, restore: (answer) => names.restore(answer) } : this.plain(changes);
  }

  private text(
    changes: unknown,
    binding: (one: BindingFacts) => BindingFacts,
    configured: (one: FactsDocument["configured"][number]) => object,
    unplanned: readonly string[],
    addresses: readonly unknown[] = Array.isArray(changes) ? changes.map((one) => member(one, "address")) : [],
  ): string {
    const told = [...new Set(addresses)] as string[];
    const of = <One>(map: ReadonlyMap<string, One>): One[] => told.flatMap((address) => map.get(address) ?? []);
    return JSON.stringify({
      ...this.input,
      resource_changes: changes,
      anycast_facts: {
        version: 1,
        bindings: of(this.bindings).map((one) =>
          binding({ ...one, targets: one.targets.map((it) => this.shorter(it, one)) }),
        ),
        unplanned,
        configured: of(this.configured).map(configured),
        invisible: this.invisible,
      },
    });
  }

  /** Which members a group has matters where a binding that is visible is the only one of its group. */
  private shorter(target: TargetFacts, { visible }: BindingFacts): TargetFacts {
    if (target.addresses === undefined || target.addresses.length <= LISTED) return target;
    if (visible && !this.shared.has(target)) return target;
    let short = this.short.get(target);
    if (short === undefined) {
      const { addresses, ...rest } = target;
      this.short.set(target, (short = { ...rest, size: addresses.length }));
    }
    return short;
  }
}

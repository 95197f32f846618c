import type { PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import { isOrdinary } from "../../file/document/strip";
import type { BindingFacts, FactsDocument, TargetFacts } from "../facts-document";
import { isRecord } from "../../../core/is-record";
import { provePartSize } from "../../../core/plan-size";
import { member } from "../json-values";
import { holdsPlaceholder, Names } from "./names";
import { renamedChange, renamedFacts } from "./rename";

/** A part of the policies' input that is checked by itself. Parts with the same text get the same answer, but for their names. */
export interface Part {
  readonly text: string;
  /** Puts the names into JSON of the answer. */
  readonly restore: (answer: string) => string;
}

/** Members of a group that are listed one by one; of larger groups the number is given. */
const LISTED = 16;

const asItIs = (answer: string): string => answer;

/** Writes inputs for the policies that hold some entries of a plan and the facts of these. */
export class PartWriter {
  /** JSON of what is the same in all parts. */
  private readonly envelope: string;
  private readonly bindings: ReadonlyMap<string, BindingFacts>;
  private readonly configured: ReadonlyMap<string, FactsDocument["configured"][number]>;
  private readonly short = new Map<TargetFacts, TargetFacts>();
  /** Targets of several bindings that are visible. */
  private readonly shared = new Set<TargetFacts>();
  private readonly invisible: number;
  /** What was written of an entry alone, by what it plans. */
  private readonly single = new Map<object, { readonly kind: readonly unknown[]; readonly text: string }>();

  public constructor(
    input: JsonObject,
    facts: FactsDocument,
    private readonly types: PlanFacts,
    private readonly pinned: ReadonlySet<string>,
  ) {
    const envelope = JSON.stringify({ ...input, resource_changes: undefined, anycast_facts: undefined }).slice(1, -1);
    this.envelope = envelope === "" ? "" : `${envelope},`;
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
      if (!isRecord(change) || !this.isRenamed(change)) return this.plain(changes);
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

  /** One entry that no other is compared with. Large plans plan the same of many, and the reader shares what it read. */
  public alone(change: unknown): Part {
    const plan = isRecord(change) ? change.change : undefined;
    if (!isRecord(change) || !isRecord(plan) || !this.isRenamed(change)) return this.renamed([change]);
    const address = change.address as string;
    if (this.bindings.has(address) || this.configured.has(address)) return this.renamed([change]);
    const { mode, type, provider_name: provider, deposed } = change;
    const known = this.single.get(plan);
    if (known?.kind.every((one, i) => one === [mode, type, provider, deposed][i]) !== true) {
      const part = this.renamed([change]);
      // Such an answer contains the entry's own names.
      if (part.restore !== asItIs) this.single.set(plan, { kind: [mode, type, provider, deposed], text: part.text });
      return part;
    }
    // Most answers hold no name: they say nothing of this entry, or something of the whole plan.
    const restore = (answer: string): string =>
      holdsPlaceholder(answer) ? this.renamed([change]).restore(answer) : answer;
    return { text: known.text, restore };
  }

  /** False for an entry whose names are kept. */
  private isRenamed(change: JsonObject): boolean {
    if (!isOrdinary(change) || this.pinned.has(change.address as string)) return false;
    const { provider_name: provider, type } = change;
    // The summary of entries that no rule reads has no names.
    if (provider === undefined && !this.types.roleOf.has(type as string)) return true;
    // For an unknown provider the fix says where it is named.
    return this.types.providers.has(provider as string);
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
    const bindings = written(of(this.bindings), (one) =>
      binding({ ...one, targets: one.targets.map((it) => this.shorter(it, one)) }),
    );
    const rest = { unplanned, configured: of(this.configured).map(configured), invisible: this.invisible };
    const facts = `{"version":1,"bindings":${bindings},${JSON.stringify(rest).slice(1)}`;
    const listed = Array.isArray(changes) ? written(changes, (one: unknown) => one) : JSON.stringify(changes);
    const list = changes === undefined ? "" : `"resource_changes":${listed},`;
    return `{${this.envelope}${list}"anycast_facts":${facts}}`;
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

/**
 * A list as JSON, item by item, so that what is too large is refused before it is all written.
 * @throws AnycastError `PlanPartTooLarge`
 */
function written<One>(items: readonly One[], told: (item: One) => unknown): string {
  let length = 0;
  const texts = items.map((item) => {
    const text = JSON.stringify(told(item));
    provePartSize((length += text.length));
    return text;
  });
  return `[${texts.join(",")}]`;
}

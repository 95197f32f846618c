import { pushTo } from "../../../core/push-to";
import type { BindingFacts, HeldBinding, TargetFacts } from "../facts-document";
import { type Entry, hasAction, planned } from "../entry";
import { compareText } from "../evaluate/order";
import { itemsOf, member } from "../json-values";
import { partsOf } from "../parts/before";
import type { PlanIndex } from "../plan-index";
import { type DataRead, listIn } from "./read-data";

type HeldFacts = BindingFacts["held"];

/**
 * The bindings that data sources list of Anycast EIPs and that this plan's own state does not hold. Each holds its region
 * of the Anycast EIP and its instance.
 */
export class Held {
  private readonly byPlace = new Map<string, HeldBinding[]>();
  private readonly byAddress = new Map<string, HeldBinding[]>();
  private readonly byInstance = new Map<string, HeldBinding[]>();
  /** Ids of the bindings in this plan's state, and of the Anycast EIPs these are of. */
  private readonly own = new Set<string>();
  private readonly ownAddresses = new Set<string>();
  /** Data sources that list no binding of an Anycast EIP, by its id; undefined where one lists some. */
  private readonly empty = new Map<string, string | undefined>();
  /** What was found of targets, which many bindings may share. */
  private readonly ofTargets = new WeakMap<TargetFacts, HeldBinding[]>();

  public constructor(
    private readonly index: PlanIndex,
    data: DataRead,
  ) {
    for (const entry of index.entriesOf("attachment")) {
      const id = member(entry.change, "before", "id");
      if (typeof id !== "string") continue;
      this.own.add(id);
      this.ownAddresses.add(partsOf(id)[0]!);
    }
    const sources = new Map<string, string>();
    for (const { source, values } of data.of("address_data"))
      for (const item of listIn(values, "addresses")) this.read(source.address, item, sources);
    for (const [id, by] of sources) if (!this.own.has(id)) this.note(id, by);
  }

  /** As far as another configuration holds them: the region of the Anycast EIP, the instance, and the Default binding. */
  public of(entry: Entry, anycast: readonly (string | null)[], targets: readonly TargetFacts[]): HeldFacts {
    if (!hasAction(entry, "create") || this.byAddress.size === 0) return {};
    const region = planned(entry, "bind_instance_region_id");
    const ids = anycast.flatMap((one) => (one === null ? [] : [this.idOf(one)]));
    const isOne = anycast.length === 1 && !this.ownAddresses.has(ids[0] ?? "");
    return {
      ...first(
        "place",
        typeof region === "string" ? ids.flatMap((id) => this.byPlace.get(`${id}:${region}`) ?? []) : [],
      ),
      ...first("instance", this.ofInstances(entry, targets)),
      ...first("default", isOne ? (this.byAddress.get(ids[0] ?? "") ?? []) : []),
    };
  }

  /** The data source that lists no binding of the one Anycast EIP, if all that read it say so. */
  public unbound(anycast: readonly (string | null)[]): string | undefined {
    const [only] = anycast;
    return anycast.length === 1 && typeof only === "string" ? this.empty.get(only) : undefined;
  }

  private read(source: string, item: unknown, sources: Map<string, string>): void {
    const id = member(item, "id");
    const bindings = member(item, "anycast_eip_bind_info_list");
    if (typeof id !== "string" || bindings === undefined) return;
    const isEmpty = Array.isArray(bindings) && bindings.length === 0;
    const other = this.empty.get(id);
    if (!this.empty.has(id)) this.empty.set(id, isEmpty ? source : undefined);
    else if (!isEmpty) this.empty.set(id, undefined);
    else if (other !== undefined) this.empty.set(id, least(source, other));
    for (const binding of itemsOf(bindings)) {
      const parts = ["bind_instance_id", "bind_instance_region_id", "bind_instance_type"].map((one) =>
        member(binding, one),
      );
      if (!parts.every((part) => typeof part === "string")) continue;
      const key = [id, ...parts].join(":");
      sources.set(key, least(source, sources.get(key) ?? source));
    }
  }

  private note(id: string, by: string): void {
    const [anycast, instance, region] = partsOf(id) as [string, string, string];
    const held = { anycast, instance, region, by };
    pushTo(this.byPlace, `${anycast}:${region}`, held);
    pushTo(this.byAddress, anycast, held);
    pushTo(this.byInstance, instance, held);
  }

  /** The id of an Anycast EIP that is given by its id or by the address of its resource. */
  private idOf(origin: string): string {
    const entry = this.index.lasting.get(origin);
    const id = entry && planned(entry, "id");
    return typeof id === "string" ? id : origin;
  }

  private ofInstances(entry: Entry, targets: readonly TargetFacts[]): readonly HeldBinding[] {
    const id = planned(entry, "bind_instance_id");
    if (id !== undefined) return typeof id === "string" ? (this.byInstance.get(id) ?? []) : [];
    return targets.flatMap((target) => {
      let held = this.ofTargets.get(target);
      if (held === undefined) this.ofTargets.set(target, (held = this.ofTarget(target)));
      return held;
    });
  }

  private ofTarget(target: TargetFacts): HeldBinding[] {
    const ids =
      target.via === "data"
        ? [target.by]
        : (target.addresses ?? [target.address]).flatMap((address) => this.instanceAt(address));
    const [held] = ids.flatMap((id) => this.byInstance.get(id) ?? []).sort(compareHeld);
    return held === undefined ? [] : [held];
  }

  private instanceAt(address: string): string[] {
    const entry = this.index.lasting.get(address);
    const id = entry && planned(entry, this.index.facts.interfaceId.get(entry.type) ?? "id");
    return typeof id === "string" ? [id] : [];
  }
}

/** Of several the first one. */
function first(name: keyof HeldFacts, held: readonly HeldBinding[]): HeldFacts {
  const [one] = [...held].sort(compareHeld);
  return one === undefined ? {} : { [name]: one };
}

function compareHeld(a: HeldBinding, b: HeldBinding): number {
  return (
    compareText(a.anycast, b.anycast) ||
    compareText(a.by, b.by) ||
    compareText(a.instance, b.instance) ||
    compareText(a.region, b.region)
  );
}

function least(one: string, other: string): string {
  return compareText(one, other) < 0 ? one : other;
}

import type { BindingView, CloudSnapshot, ObjectView } from "../../cloud/contract";
import { regionFact } from "../../cloud/data/regions";
import type { StatusStep } from "../status-times";

export type StepsOf = (key: string) => readonly StatusStep[];

export const keyOfObject = ({ kind, id }: Pick<ObjectView, "kind" | "id">): string => `${kind} ${id}`;
export const keyOfBinding = (binding: BindingView): string =>
  `${binding.anycastId} ${binding.region} ${binding.instanceId}`;

/** The region's name, else its id. */
export const regionName = (id: string): string => regionFact(id)?.name ?? id;

/** A snapshot in which things are found by what they belong to. */
export class Inventory {
  private readonly byKind: ReadonlyMap<string, readonly ObjectView[]>;
  private readonly bindingsOf: ReadonlyMap<string, readonly BindingView[]>;
  private readonly eipsOf: ReadonlyMap<string, readonly ObjectView[]>;
  private readonly listenersOf: ReadonlyMap<string, readonly ObjectView[]>;
  private readonly groupsOf: ReadonlyMap<string, readonly ObjectView[]>;
  private readonly targets: ReadonlyMap<string, ObjectView>;
  private readonly bound: ReadonlySet<string>;

  public constructor(
    public readonly snapshot: CloudSnapshot,
    public readonly stepsOf: StepsOf,
  ) {
    const { objects, bindings } = snapshot;
    this.byKind = grouped(objects, ({ kind }) => kind);
    this.bindingsOf = grouped(bindings, ({ anycastId }) => anycastId);
    this.eipsOf = grouped(this.all("eip"), ({ facts }) => facts.instance ?? "");
    this.listenersOf = grouped(this.all("listener"), ({ facts }) => facts["load-balancer"] ?? "");
    this.groupsOf = grouped(this.all("server-group"), ({ facts }) => facts["load-balancer"] ?? "");
    const kinds = ["load-balancer", "instance", "network-interface"];
    this.targets = new Map(kinds.flatMap((kind) => this.all(kind).map((one) => [one.id, one] as const)));
    this.bound = new Set(bindings.map(({ instanceId }) => instanceId));
  }

  public all(kind: string): readonly ObjectView[] {
    return this.byKind.get(kind) ?? [];
  }

  /** What an address is bound to, or is about to be. */
  public bindings(anycastId: string): readonly BindingView[] {
    return this.bindingsOf.get(anycastId) ?? [];
  }

  /** What a binding leads to; undefined when it is gone. */
  public target(id: string): ObjectView | undefined {
    return this.targets.get(id);
  }

  /** Plain EIPs that lead to the same. */
  public eips(targetId: string): readonly ObjectView[] {
    return targetId === "" ? [] : (this.eipsOf.get(targetId) ?? []);
  }

  public listeners(balancerId: string): readonly ObjectView[] {
    return this.listenersOf.get(balancerId) ?? [];
  }

  /** Ids of the servers behind a target: of a load balancer with all its groups, or the one that is the target. */
  public servers(target: ObjectView): readonly string[] {
    if (target.kind === "instance") return [target.id];
    if (target.kind === "network-interface") return listed(target.facts.instance);
    const groups = this.groupsOf.get(target.id) ?? [];
    return [...new Set([...listed(target.facts.servers), ...groups.flatMap(({ facts }) => listed(facts.members))])];
  }

  /** Whether an Anycast EIP is bound to it. */
  public isBound(targetId: string): boolean {
    return this.bound.has(targetId);
  }
}

const listed = (ids: string | undefined): string[] => (ids ?? "").split(",").filter((id) => id !== "");

/** As `Map.groupBy`, which Node 20 does not have. */
function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

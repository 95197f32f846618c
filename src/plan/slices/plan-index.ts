import type { PlanFacts, Role } from "../facts";
import type { JsonObject } from "../json";
import { asList, asObject } from "../json";
import { ordinaryKeyOf } from "../strip";
import { giveUp } from "./not-sliceable";
import type { Block, Place } from "./places";
import { Instances } from "./instances";
import { Places, readModules } from "./places";
import { readSeen, type Seen } from "./seen";

/** An entry of resource_changes of a type that rules read. */
export interface Change {
  readonly entry: JsonObject;
  readonly role: Role;
  readonly type: string;
  readonly name: string;
  readonly address: string;
  /** The address of its block, without the instance key. */
  readonly base: string;
  readonly key: string;
  readonly place: Place;
  readonly block: Block | undefined;
  /** Nothing is planned after, by actions known to remove. */
  readonly removed: boolean;
  readonly after: JsonObject;
  readonly beforeId: unknown;
  /** Some binding leads to it. */
  covered: boolean;
  /** An Anycast EIP's: the number of the binding that led to it last. */
  binding: number | undefined;
}

/** A plan's parts by what the policies look them up by. */
export class PlanIndex {
  public readonly places: Places;
  public readonly changes: Change[] = [];
  /** Entries that only plan/complete looks at. */
  public readonly odd: unknown[] = [];
  /** Addresses of module instances that hold anything, and of those around them. */
  public readonly instances = new Set<string>();
  /** Keys of a module's instances, by its address without its key. */
  public readonly keys = new Map<string, string[]>();
  /** What will exist. */
  public readonly lasting = new Instances();
  private attachmentsByBase: Map<string, Change[]> | undefined;
  public readonly balancers = new Map<string, Change[]>();
  public readonly interfaces = new Map<string, Change[]>();
  /** Data sources that are read during apply, by address. */
  public readonly dataChanges = new Map<string, Change[]>();
  public readonly seen: Map<string, Seen[]>;
  public readonly providers: JsonObject;
  public readonly variables: JsonObject;

  public constructor(
    public readonly plan: JsonObject,
    public readonly facts: PlanFacts,
  ) {
    const configuration = asObject(plan.configuration) ?? giveUp("no configuration");
    this.places = new Places(readModules(configuration.root_module, facts));
    this.providers = objectOf(configuration.provider_config);
    this.variables = objectOf(plan.variables);
    if (!Array.isArray(plan.resource_changes)) giveUp("no list of changes");
    for (const item of plan.resource_changes as unknown[]) this.add(item);
    this.seen = readSeen(plan, this.places, facts);
  }

  /** Bindings by the address of their block. Hardly any plan refers to one, so they are not gathered before. */
  public get attachments(): ReadonlyMap<string, Change[]> {
    if (this.attachmentsByBase === undefined) {
      this.attachmentsByBase = new Map();
      for (const change of this.changes)
        if (change.role === "attachment") push(this.attachmentsByBase, change.base, change);
    }
    return this.attachmentsByBase;
  }

  private add(item: unknown): void {
    const entry = asObject(item);
    if (entry !== undefined && typeof entry.module_address === "string")
      this.addInstance(this.places.at(entry.module_address));
    const role = this.facts.roleOf.get(entry?.type as string);
    if (entry === undefined || role === undefined) {
      if (entry?.type !== "anycast_marker") this.odd.push(item);
      return;
    }
    const change = this.changeOf(entry, role);
    this.changes.push(change);
    if (role === "attachment" && change.block !== undefined && isWithoutKeys(change.place))
      change.block.isPlanned = true;
    if (role === "load_balancer_data") push(this.dataChanges, change.address, change);
    if (role === "load_balancers") this.addBalancer(change);
    if (entry.mode === "managed" && !change.removed && typeof entry.deposed !== "string") this.addLasting(change);
  }

  private changeOf(entry: JsonObject, role: Role): Change {
    const key = ordinaryKeyOf(entry) ?? giveUp("an entry that is not ordinary");
    if ((entry.mode === "data") !== (role === "load_balancer_data")) giveUp("an entry in the wrong mode");
    if (Object.hasOwn(entry, "module_address") && typeof entry.module_address !== "string")
      giveUp("a module's address");
    const address = entry.address as string;
    const base = key === "" ? address : address.slice(0, address.length - key.length);
    const place = this.places.at((entry.module_address as string | undefined) ?? "");
    const { actions, after, before } = entry.change as {
      actions: unknown[];
      after: JsonObject | null;
      before?: unknown;
    };
    return {
      entry,
      role,
      type: entry.type as string,
      name: entry.name as string,
      address,
      base,
      key,
      place,
      block: place.node?.blocks.get(entry.mode, entry.type, entry.name),
      removed: after === null && actions.every((action) => action === "delete" || action === "forget"),
      after: after ?? {},
      beforeId: asObject(before)?.id,
      covered: false,
      binding: undefined,
    };
  }

  private addInstance(place: Place): void {
    for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) {
      if (this.instances.has(at.address)) return;
      this.instances.add(at.address);
      push(this.keys, at.address.slice(0, at.address.length - at.key.length), at.key);
    }
  }

  private addBalancer(change: Change): void {
    if (typeof change.beforeId !== "string" && typeof change.after.id !== "string") return;
    const ids = new Set([change.beforeId, change.after.id].filter((id) => typeof id === "string"));
    for (const id of ids) push(this.balancers, id as string, change);
    // Two resources that held the same load balancer: the policies stop at such a plan, if both let it go.
    const sharing = asList(this.balancers.get(change.beforeId as string)) as Change[];
    if (sharing.some((other) => other.address !== change.address && other.beforeId === change.beforeId))
      giveUp("two resources with one id");
  }

  private addLasting(change: Change): void {
    if (!this.lasting.add(change)) giveUp("an address that occurs twice");
    if (change.role !== "network_interfaces") return;
    const id = change.after[this.facts.interfaceId.get(change.type) ?? ""];
    if (typeof id === "string") push(this.interfaces, id, change);
  }
}

function isWithoutKeys(place: Place): boolean {
  for (let at = place; at.parent !== undefined; at = at.parent) if (at.key !== "") return false;
  return true;
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function objectOf(value: unknown): JsonObject {
  return value === undefined ? {} : (asObject(value) ?? giveUp("a part that is no object"));
}

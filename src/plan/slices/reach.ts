import type { JsonObject } from "../json";
import { asObject } from "../json";
import { giveUp } from "./not-sliceable";
import type { Block, ModuleNode, Place } from "./places";
import { prefixOf } from "./places";
import type { Change, PlanIndex } from "./plan-index";
import { headsOf, isIndexedBy, parseReference, referencesOf } from "./references";
import type { Seen } from "./seen";

/** All that the policies may look at when they judge some bindings. */
export class Reached {
  public readonly changes = new Set<Change>();
  /** Changes beside which other instances of their block were left out. */
  public readonly decoys = new Set<Change>();
  public readonly blocks = new Set<Block>();
  public readonly nodes = new Set<ModuleNode>();
  public readonly outputs = new Map<ModuleNode, Set<string>>();
  public readonly defaults = new Map<ModuleNode, Set<string>>();
  public readonly arguments = new Map<ModuleNode, Set<string>>();
  /** Blocks and calls whose for_each is followed. */
  public readonly forEach = new Set<JsonObject>();
  public readonly variables = new Set<string>();
  public readonly providers = new Set<string>();
  /** Module instances that must be seen to exist. */
  public readonly instances = new Set<Place>();
  /** Modules of which one instance was taken and others were left out. */
  public readonly moduleDecoys = new Set<Place>();
  public readonly seen = new Map<Seen, Set<string>>();
  /** Ids and addresses of Anycast EIPs; bindings that meet at one are judged together. */
  public readonly meetings = new Set<string>();
  /** Blocks of other bindings that are referred to. */
  public readonly bindings = new Set<string>();
}

/** Whose each.key or count.index an expression sees. */
interface Own {
  readonly by: string;
  readonly key: string;
  readonly holder?: JsonObject;
}

interface Cursor {
  readonly place: Place;
  readonly own: Own;
}

const NONE: Own = { by: "", key: "" };

/**
 * Follows what the policies would follow (policies/lib/resolve.rego), and more where in doubt. Where it follows less,
 * an instance of a reference with a key say, it leaves a decoy, which shows in the answer should the policies look there.
 */
export class Reach {
  private readonly visited = new Map<unknown, Set<string>>();

  public constructor(
    private readonly index: PlanIndex,
    public readonly reached: Reached,
  ) {}

  public binding(change: Change): void {
    const { reached, index } = this;
    this.change(change);
    const { anycast_id: anycast, bind_instance_id: id } = change.after;
    if (typeof anycast === "string") reached.meetings.add(anycast);
    if (typeof id !== "string") return;
    for (const other of [...(index.balancers.get(id) ?? []), ...(index.interfaces.get(id) ?? [])]) this.change(other);
    for (const seen of index.seen.get(id) ?? []) this.seen(seen, id);
  }

  /** The change, its block, and what its expressions lead to. */
  public change(change: Change): void {
    const { reached } = this;
    if (reached.changes.has(change)) return;
    reached.changes.add(change);
    if (change.role === "address") reached.meetings.add(change.address);
    if (change.block !== undefined) this.block(change.block, change.place, change.key);
  }

  private block(block: Block, place: Place, key: string): void {
    const { reached } = this;
    reached.blocks.add(block);
    const provider = block.object.provider_config_key;
    if (block.role !== "vswitches" && typeof provider === "string") this.provider(provider);
    for (const expression of Object.values(asObject(block.object.expressions) ?? {}))
      this.expression({ place, own: ownOf(block.object, key) }, expression);
  }

  private provider(key: string): void {
    const { reached, index } = this;
    if (reached.providers.has(key)) return;
    reached.providers.add(key);
    const provider = Object.hasOwn(index.providers, key) ? asObject(index.providers[key]) : undefined;
    if (provider === undefined) return;
    const address = provider.module_address ?? "";
    if (typeof address !== "string") giveUp("the module of a provider");
    const place = index.places.at(address as string);
    if (place.node !== undefined) reached.nodes.add(place.node);
    for (const expression of Object.values(asObject(provider.expressions) ?? {}))
      this.expression({ place, own: NONE }, expression);
  }

  private seen(seen: Seen, id: string): void {
    const ids = this.reached.seen.get(seen);
    if (ids === undefined) this.reached.seen.set(seen, new Set([id]));
    else ids.add(id);
    if (seen.block !== undefined) this.block(seen.block, seen.place, "");
    for (const again of this.index.dataChanges.get(seen.address) ?? []) this.change(again);
  }

  private expression(cursor: Cursor, expression: unknown): void {
    const references = referencesOf(expression);
    if (references.length === 0) return;
    const trace = `${cursor.place.address} ${cursor.own.key}`;
    const visits = this.visited.get(expression) ?? new Set();
    if (visits.has(trace)) return;
    this.visited.set(expression, visits.add(trace));
    const heads = headsOf(references);
    for (const head of heads) this.follow(cursor, expression, heads, head);
  }

  private follow(cursor: Cursor, expression: unknown, heads: readonly string[], head: string): void {
    const reference = parseReference(head);
    switch (reference.kind) {
      case "variable":
        return this.variable(cursor, reference.name);
      case "value":
        if (cursor.own.holder !== undefined) this.eachValue(cursor, cursor.own.holder);
        return;
      case "module": {
        const { name, key, output } = reference;
        if (output !== "") return this.output(this.index.places.child(cursor.place, name, key), output);
        for (const one of this.moduleKeys(cursor, expression, heads, head, name, key)) {
          const place = this.index.places.child(cursor.place, name, one);
          for (const any of Object.keys(place.node?.outputs ?? {})) this.output(place, any);
        }
        return;
      }
      case "resource": {
        const { type, name, key, rest } = reference;
        if (!this.index.facts.roleOf.has(type)) return;
        const base = `${prefixOf(cursor.place)}${type}.${name}`;
        const taken = rest === "" && key === "" ? this.ownKey(cursor, expression, heads, head) : key;
        return this.instances(base, taken);
      }
      case "unknown":
        giveUp("a reference that is not understood");
    }
  }

  private ownKey({ own }: Cursor, expression: unknown, heads: readonly string[], head: string): string | undefined {
    return isIndexedBy(expression, heads, head, own.by) ? own.key : undefined;
  }

  /** The instance with this key where there is one, else all of the block. */
  private instances(base: string, key: string | undefined): void {
    const { index, reached } = this;
    if (index.attachments.has(base)) reached.bindings.add(base);
    const all = index.byBase.get(base) ?? [];
    const exact = key === undefined ? undefined : index.lasting.get(base + key);
    for (const change of exact === undefined ? all : [exact]) if (change.role !== "attachment") this.change(change);
    if (exact !== undefined && exact.role !== "attachment" && all.length > 1) reached.decoys.add(exact);
  }

  private variable({ place }: Cursor, name: string): void {
    const { reached } = this;
    if (place.parent === undefined) {
      reached.variables.add(name);
      return;
    }
    const { node, parent, key } = place;
    if (node === undefined) return;
    reached.nodes.add(node);
    addTo(reached.defaults, node, name);
    addTo(reached.arguments, node, name);
    const passed = asObject(node.call?.expressions);
    if (node.call === undefined || passed === undefined || !Object.hasOwn(passed, name)) return;
    this.expression({ place: parent, own: ownOf(node.call, key) }, passed[name]);
  }

  private output(place: Place, name: string): void {
    const { node } = place;
    if (node === undefined) return;
    this.reached.nodes.add(node);
    addTo(this.reached.outputs, node, name);
    const output = Object.hasOwn(node.outputs, name) ? asObject(node.outputs[name]) : undefined;
    if (output !== undefined) this.expression({ place, own: NONE }, output.expression);
  }

  private eachValue({ place }: Cursor, holder: JsonObject): void {
    this.reached.forEach.add(holder);
    this.expression({ place, own: NONE }, holder.for_each_expression);
  }

  private moduleKeys(
    cursor: Cursor,
    expression: unknown,
    heads: readonly string[],
    head: string,
    name: string,
    key: string,
  ): readonly string[] {
    const { index, reached } = this;
    const node = index.places.child(cursor.place, name, "").node;
    if (node !== undefined) reached.nodes.add(node);
    if (key !== "") return [key];
    const all = index.keys.get(`${prefixOf(cursor.place)}module.${name}`) ?? [];
    const own = this.ownKey(cursor, expression, heads, head);
    const exact = own === undefined ? undefined : index.places.child(cursor.place, name, own);
    if (exact !== undefined && index.instances.has(exact.address)) {
      reached.instances.add(exact);
      if (all.length > 1) reached.moduleDecoys.add(exact);
      return [exact.key];
    }
    for (const one of all) reached.instances.add(index.places.child(cursor.place, name, one));
    return all;
  }
}

/** As `own` in policies/lib/resolve.rego. */
function ownOf(holder: JsonObject, key: string): Own {
  if (key.startsWith('["')) return { by: "each.key", key, holder };
  return key.startsWith("[") ? { by: "count.index", key } : NONE;
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}

import type { JsonObject } from "../json";
import { asObject } from "../json";
import type { Holder } from "./instances";
import { giveUp } from "./not-sliceable";
import type { Block, Place } from "./places";
import { prefixOf } from "./places";
import type { Change, PlanIndex } from "./plan-index";
import type { Reached } from "./reached";
import { headsOf, isIndexedBy, parseReference, referencesOf } from "./references";
import type { Seen } from "./seen";

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
  private visited: Map<unknown, Set<string>> | undefined;

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
    reached.meetings.add(id);
    for (const other of [...(index.balancers.get(id) ?? []), ...(index.interfaces.get(id) ?? [])]) this.change(other);
    for (const seen of index.seen.get(id) ?? []) this.seen(seen, id);
  }

  /** The change, its block, and what its expressions lead to. */
  public change(change: Change): void {
    const { reached } = this;
    if (reached.changes.has(change)) return;
    reached.changes.add(change);
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
    this.reached.seenAs(seen, id);
    if (seen.block !== undefined) this.block(seen.block, seen.place, "");
    for (const again of this.index.dataChanges.get(seen.address) ?? []) this.change(again);
  }

  private expression(cursor: Cursor, expression: unknown): void {
    const references = referencesOf(expression);
    if (references.length === 0) return;
    const heads = headsOf(references);
    for (const head of heads) this.follow(cursor, expression, heads, head);
  }

  /** An expression that others lead to: an edited plan may lead in circles. */
  private onward(cursor: Cursor, expression: unknown): void {
    const trace = `${cursor.place.address} ${cursor.own.key}`;
    const visited = (this.visited ??= new Map<unknown, Set<string>>());
    const visits = visited.get(expression) ?? new Set<string>();
    if (visits.has(trace)) return;
    visited.set(expression, visits.add(trace));
    this.expression(cursor, expression);
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
        const role = this.index.facts.roleOf.get(type);
        if (role === undefined) return;
        const { place } = cursor;
        const base = `${prefixOf(place)}${type}.${name}`;
        if (role === "attachment") {
          if (this.index.attachments.has(base)) this.reached.bindings.add(base);
          return;
        }
        const block = place.node?.blocks.get("managed", type, name);
        const holder = block === undefined ? { base } : { block, place };
        const taken = rest === "" && key === "" ? this.ownKey(cursor, expression, heads, head) : key;
        return this.instances(holder, taken);
      }
      case "unknown":
        giveUp("a reference that is not understood");
    }
  }

  private ownKey({ own }: Cursor, expression: unknown, heads: readonly string[], head: string): string | undefined {
    return isIndexedBy(expression, heads, head, own.by) ? own.key : undefined;
  }

  /** The instance with this key where there is one, else all of the block. */
  private instances(holder: Holder, key: string | undefined): void {
    const { index, reached } = this;
    const exact = key === undefined ? undefined : index.lasting.at(holder, key);
    if (exact === undefined) {
      for (const change of index.lasting.of(holder)) this.change(change);
      return;
    }
    this.change(exact);
    if (index.lasting.hasSeveral(holder)) reached.decoys.add(exact);
  }

  private variable({ place }: Cursor, name: string): void {
    const { reached } = this;
    if (place.parent === undefined) {
      reached.variables.add(name);
      // The policies look there for whether it is sensitive.
      if (place.node !== undefined) reached.defaultOf(place.node, name);
      return;
    }
    const { node, parent, key } = place;
    if (node === undefined) return;
    reached.nodes.add(node);
    reached.defaultOf(node, name);
    reached.argumentOf(node, name);
    const passed = asObject(node.call?.expressions);
    if (node.call === undefined || passed === undefined || !Object.hasOwn(passed, name)) return;
    this.onward({ place: parent, own: ownOf(node.call, key) }, passed[name]);
  }

  private output(place: Place, name: string): void {
    const { node } = place;
    if (node === undefined) return;
    this.reached.nodes.add(node);
    this.reached.outputOf(node, name);
    const output = Object.hasOwn(node.outputs, name) ? asObject(node.outputs[name]) : undefined;
    if (output !== undefined) this.onward({ place, own: NONE }, output.expression);
  }

  private eachValue({ place }: Cursor, holder: JsonObject): void {
    this.reached.forEach.add(holder);
    this.onward({ place, own: NONE }, holder.for_each_expression);
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
    // A module without resources only passes on, so the plan does not list its instances.
    if (all.length === 0) return [own ?? ""];
    for (const one of all) reached.instances.add(index.places.child(cursor.place, name, one));
    return all;
  }
}

/** As `own` in policies/lib/resolve.rego. */
function ownOf(holder: JsonObject, key: string): Own {
  if (key.startsWith('["')) return { by: "each.key", key, holder };
  return key.startsWith("[") ? { by: "count.index", key } : NONE;
}

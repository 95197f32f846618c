import type { JsonObject } from "../json";
import type { Block, ModuleNode, Place } from "./places";
import type { Change } from "./plan-index";
import type { Seen } from "./seen";

/** All that the policies may look at when they judge some bindings. Most of it is empty for most bindings. */
export class Reached {
  public readonly changes = new Few<Change>();
  public readonly blocks = new Few<Block>();
  public readonly providers = new Few<string>();
  /** Changes beside which other instances of their block were left out. */
  public readonly decoys = new Few<Change>();
  public readonly nodes = new Few<ModuleNode>();
  /** Blocks and calls whose for_each is followed. */
  public readonly forEach = new Few<JsonObject>();
  /** Variables of the root module. */
  public readonly variables = new Few<string>();
  /** Module instances that must be seen to exist. */
  public readonly instances = new Few<Place>();
  /** Modules of which one instance was taken and others were left out. */
  public readonly moduleDecoys = new Few<Place>();
  /** Ids of Anycast EIPs; bindings that meet at one, or at one that is planned, are judged together. */
  public readonly meetings = new Few<string>();
  /** Blocks of other bindings that are referred to. */
  public readonly bindings = new Few<string>();
  private outputs: Map<ModuleNode, Set<string>> | undefined;
  private defaults: Map<ModuleNode, Set<string>> | undefined;
  private arguments: Map<ModuleNode, Set<string>> | undefined;
  private seen: Map<Seen, Set<string>> | undefined;

  public outputOf(node: ModuleNode, name: string): void {
    this.outputs = added(this.outputs, node, name);
  }

  public defaultOf(node: ModuleNode, name: string): void {
    this.defaults = added(this.defaults, node, name);
  }

  /** What the call of the module passes as this variable. */
  public argumentOf(node: ModuleNode, name: string): void {
    this.arguments = added(this.arguments, node, name);
  }

  public seenAs(seen: Seen, id: string): void {
    this.seen = added(this.seen, seen, id);
  }

  public outputsOf(node: ModuleNode): Iterable<string> {
    return this.outputs?.get(node) ?? [];
  }

  public defaultsOf(node: ModuleNode): Iterable<string> {
    return this.defaults?.get(node) ?? [];
  }

  public argumentsOf(node: ModuleNode): Iterable<string> {
    return this.arguments?.get(node) ?? [];
  }

  public get seenWith(): ReadonlyMap<Seen, ReadonlySet<string>> {
    return this.seen ?? new Map<Seen, Set<string>>();
  }
}

/** Up to so many items, looking through them is quicker than a set. */
const FEW = 8;

/** A set in the order of addition that costs nothing while it is empty, and little while it is small. */
export class Few<T> implements Iterable<T> {
  private items: T[] | undefined;
  private set: Set<T> | undefined;

  public add(item: T): void {
    if (this.has(item)) return;
    (this.items ??= []).push(item);
    if (this.set !== undefined) this.set.add(item);
    else if (this.items.length > FEW) this.set = new Set(this.items);
  }

  public has(item: T): boolean {
    return this.set?.has(item) ?? this.items?.includes(item) ?? false;
  }

  public [Symbol.iterator](): Iterator<T> {
    return (this.items ?? NOTHING)[Symbol.iterator]() as Iterator<T>;
  }
}

const NOTHING: readonly never[] = [];

function added<K, V>(map: Map<K, Set<V>> | undefined, key: K, value: V): Map<K, Set<V>> {
  const into = map ?? new Map<K, Set<V>>();
  const set = into.get(key);
  if (set === undefined) into.set(key, new Set([value]));
  else set.add(value);
  return into;
}

import type { JsonObject } from "../json";
import { asObject } from "../json";
import type { PlanFacts, Role } from "../facts";
import type { HeldInstances } from "./instances";
import { giveUp } from "./not-sliceable";

/** A configuration block of a type that rules read. */
export interface Block {
  readonly node: ModuleNode;
  readonly role: Role;
  readonly object: JsonObject;
  /** A binding's, in its module where that has no instance keys: something is planned of it. */
  isPlanned: boolean;
  /** What will exist of it. */
  instances: HeldInstances;
}

/** A module of the configuration, with the call that makes it. */
export interface ModuleNode {
  readonly parent?: ModuleNode;
  readonly name: string;
  readonly call?: JsonObject;
  readonly outputs: JsonObject;
  readonly variables: JsonObject;
  readonly calls: Map<string, ModuleNode>;
  readonly blocks: Blocks;
}

/** The blocks of a module by mode, type and name. */
export class Blocks {
  private readonly managed: ByType = new Map();
  private readonly data: ByType = new Map();

  public get(mode: unknown, type: unknown, name: unknown): Block | undefined {
    return mode === "managed" || mode === "data" ? this.of(mode).get(type)?.get(name) : undefined;
  }

  /** @returns false when there is one of that name */
  public add(block: Block): boolean {
    const { mode, type, name } = block.object;
    const names = within(this.of(mode), type);
    if (names.has(name)) return false;
    names.set(name, block);
    return true;
  }

  public *values(): Iterable<Block> {
    for (const types of [this.managed, this.data]) for (const names of types.values()) yield* names.values();
  }

  /** Blocks of no other mode are added. */
  private of(mode: unknown): ByType {
    return mode === "data" ? this.data : this.managed;
  }
}

type ByType = Map<unknown, Map<unknown, Block>>;

function within<V>(maps: Map<unknown, Map<unknown, V>>, key: unknown): Map<unknown, V> {
  let inner = maps.get(key);
  if (inner === undefined) maps.set(key, (inner = new Map<unknown, V>()));
  return inner;
}

/** A module instance. */
export interface Place {
  /** `module.a["x"].module.b`, empty for the root. */
  readonly address: string;
  readonly parent?: Place;
  readonly name: string;
  /** `["x"]`, `[0]` or nothing. */
  readonly key: string;
  /** Its configuration, where the plan holds it. */
  readonly node?: ModuleNode;
}

/** Names that the policies can tell apart in an address and in a block's key. */
const NAME = /^[^.[|]+$/;
const SEGMENT = /module\.([^.[]+)(\[(?:[0-9]+|"(?:[^"\\]|\\[^\n])*")\])?(?:\.|$)/y;

/** Reads the configuration's modules; whatever is not as Terraform writes it gives up. */
export function readModules(
  module: unknown,
  facts: PlanFacts,
  call?: ModuleNode["call"],
  parent?: ModuleNode,
  name = "",
): ModuleNode {
  const object = asObject(module) ?? giveUp("a module that is no object");
  const node: ModuleNode = {
    ...(parent === undefined ? {} : { parent }),
    name,
    ...(call === undefined ? {} : { call }),
    outputs: objectOr(object, "outputs"),
    variables: objectOr(object, "variables"),
    calls: new Map(),
    blocks: new Blocks(),
  };
  const resources = object.resources ?? [];
  if (!Array.isArray(resources)) giveUp("resources that are no list");
  for (const item of resources as unknown[]) addBlock(node, item, facts);
  for (const [callName, value] of Object.entries(objectOr(object, "module_calls"))) {
    const called = asObject(value) ?? giveUp("a module call that is no object");
    if (!NAME.test(callName)) giveUp("a module's name");
    if (Object.hasOwn(called, "expressions") && asObject(called.expressions) === undefined)
      giveUp("a call's arguments");
    node.calls.set(callName, readModules(called.module, facts, called, node, callName));
  }
  return node;
}

function addBlock(node: ModuleNode, item: unknown, facts: PlanFacts): void {
  const object = asObject(item) ?? giveUp("a block that is no object");
  const { mode, type, name, expressions } = object;
  if (typeof mode !== "string" || typeof type !== "string" || typeof name !== "string")
    giveUp("a block without a name");
  if (!NAME.test(name as string) || (mode !== "managed" && mode !== "data")) giveUp("a block's name or mode");
  if (expressions !== undefined && asObject(expressions) === undefined) giveUp("a block's expressions");
  const role = facts.roleOf.get(type as string);
  if (role === undefined) return;
  if (!node.blocks.add({ node, role, object, isPlanned: false, instances: undefined }))
    giveUp("a block that occurs twice");
}

function objectOr(object: JsonObject, name: string): JsonObject {
  if (!Object.hasOwn(object, name)) return {};
  return asObject(object[name]) ?? giveUp(`${name} that are no object`);
}

/** The module instances of a plan, each made once. */
export class Places {
  private readonly known = new Map<string, Place>();
  public readonly root: Place;
  /** Asked for last: what is in one module instance mostly stands together. */
  private last: Place;

  public constructor(node: ModuleNode) {
    this.root = { address: "", name: "", key: "", node };
    this.last = this.root;
    this.known.set("", this.root);
  }

  /** The instance with this address; gives up on what is no address of a module. */
  public at(address: string): Place {
    if (address === "") return this.root;
    if (address === this.last.address) return this.last;
    const known = this.known.get(address);
    if (known !== undefined) return (this.last = known);
    let place = this.root;
    SEGMENT.lastIndex = 0;
    while (SEGMENT.lastIndex < address.length) {
      const match = SEGMENT.exec(address) ?? giveUp("a module's address");
      place = this.child(place, match[1]!, match[2] ?? "");
    }
    if (place.address !== address) giveUp("a module's address");
    return place;
  }

  public child(parent: Place, name: string, key: string): Place {
    const own = `module.${name}${key}`;
    const address = parent.address === "" ? own : `${parent.address}.${own}`;
    const known = this.known.get(address);
    if (known !== undefined) return known;
    const node = parent.node?.calls.get(name);
    const place: Place = { address, parent, name, key, ...(node === undefined ? {} : { node }) };
    this.known.set(address, place);
    return place;
  }
}

export function prefixOf(place: Place): string {
  return place.address === "" ? "" : `${place.address}.`;
}

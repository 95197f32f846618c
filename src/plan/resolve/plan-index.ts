import { pushTo } from "../../core/push-to";
import { expectationError } from "../../core/errors";
import type { PlanFacts, Role } from "../facts";
import type { JsonObject } from "../json";
import { blockAddress, type Entry, entryOf, isRemoved } from "./entry";
import { isRecord } from "../../core/is-record";
import { itemsOf, member } from "./json-values";
import { callNames, moduleAddress, type ModulePath, modulePath, type Segment } from "./module-path";

const FIX = "make the plan again and check the saved plan or its `show -json` output unchanged.";
const NONE: readonly string[] = [];

/** A plan's entries by address and by block, and its configuration by module. Reads `readPlan`'s projection. */
export class PlanIndex {
  /** What will exist after apply, by address. A deposed object is being removed and no reference means it. */
  public readonly lasting: ReadonlyMap<string, Entry>;
  private readonly byRole = new Map<Role, Entry[]>();
  private instances: ReadonlyMap<string, readonly string[]> | undefined;
  private readonly single = new Map<string, readonly string[]>();
  /** Keys of module instances, by the address of the module around them and the name of the call. */
  private readonly moduleKeys = new Map<string, Set<string>>();
  private readonly moduleInstances = new Set<string>();
  private readonly blocks = new Map<string, ReadonlyMap<string, JsonObject>>();
  private readonly blockOf = new Map<Entry, JsonObject | undefined>();

  /** @throws AnycastError `AddressListedTwice` */
  public constructor(
    public readonly plan: JsonObject,
    public readonly facts: PlanFacts,
  ) {
    const lasting = new Map<string, Entry>();
    const others = new Set<string>();
    for (const raw of itemsOf(plan.resource_changes)) {
      if (!isRecord(raw)) continue;
      const { module_address: module, type } = raw;
      // The instance of what is only removed need not be there any more.
      if (typeof module === "string" && !this.moduleInstances.has(module) && !isGone(raw)) this.noteModule(module);
      const role = facts.roleOf.get(type as string);
      const entry = role === undefined ? undefined : entryOf(raw);
      if (entry === undefined || role === undefined) continue;
      pushTo(this.byRole, role, entry);
      if (isRemoved(entry) || entry.deposed) continue;
      const { address, mode } = entry;
      if (lasting.has(address) || others.has(address)) throw listedTwice("resource_changes", address);
      if (mode === "managed") lasting.set(address, entry);
      else others.add(address);
    }
    this.lasting = lasting;
  }

  /** Entries of the types that play a part, in the plan's order, removed and deposed ones among them. */
  public entriesOf(role: Role): readonly Entry[] {
    return this.byRole.get(role) ?? [];
  }

  /** Those of them that will exist after apply. */
  public lastingOf(role: Role): readonly Entry[] {
    return this.entriesOf(role).filter((entry) => this.lasting.get(entry.address) === entry);
  }

  public roleOf(type: string): Role | undefined {
    return this.facts.roleOf.get(type);
  }

  /** True for a resource of a provider that the gate knows. */
  public isTrusted(entry: Entry | undefined): boolean {
    return typeof entry?.provider === "string" && this.facts.providers.has(entry.provider);
  }

  /** Addresses of all instances of a block that will exist; always the same list for the same block. */
  public instancesOf(block: string): readonly string[] {
    this.instances ??= instancesByBlock(this.lasting.values());
    return this.instances.get(block) ?? NONE;
  }

  /** The address in a list, which is always the same for the same address; an empty one when nothing there will exist. */
  public only(address: string): readonly string[] {
    let list = this.single.get(address);
    if (list === undefined && this.lasting.has(address)) this.single.set(address, (list = [address]));
    return list ?? NONE;
  }

  public hasModule(address: string): boolean {
    return this.moduleInstances.has(address);
  }

  /** Keys of the planned instances of a module call, as far as they hold anything. */
  public keysOf(around: ModulePath, name: string): readonly string[] {
    return [...(this.moduleKeys.get(callKey(around, name)) ?? [])];
  }

  /** The configuration of a module; undefined when the plan does not hold it. */
  public module(path: ModulePath): unknown {
    return member(
      this.plan,
      "configuration",
      "root_module",
      ...path.flatMap(({ name }) => ["module_calls", name, "module"]),
    );
  }

  /** The call that makes a module: its arguments, count and for_each. */
  public call(path: ModulePath): unknown {
    return member(this.module(path.slice(0, -1)), "module_calls", path.at(-1)?.name ?? "");
  }

  /**
   * The configuration block of an entry; undefined when there is none.
   * @throws AnycastError `AddressListedTwice`
   */
  public block(entry: Entry): JsonObject | undefined {
    if (!this.blockOf.has(entry)) this.blockOf.set(entry, this.findBlock(entry));
    return this.blockOf.get(entry);
  }

  private findBlock({ module, mode, type, name }: Entry): JsonObject | undefined {
    const path = modulePath(module);
    if (path === undefined || typeof mode !== "string" || typeof name !== "string") return undefined;
    const names = callNames(path);
    let blocks = this.blocks.get(names);
    if (blocks === undefined) this.blocks.set(names, (blocks = this.readBlocks(path)));
    return blocks.get(`${mode}|${type}|${name}`);
  }

  private readBlocks(path: ModulePath): Map<string, JsonObject> {
    const blocks = new Map<string, JsonObject>();
    for (const block of itemsOf(member(this.module(path), "resources"))) {
      if (!isRecord(block) || !this.facts.roleOf.has(block.type as string)) continue;
      const { mode, type, name } = block;
      const key = `${String(mode)}|${String(type)}|${String(name)}`;
      if (blocks.has(key)) throw listedTwice("the configuration's resources", `${String(type)}.${String(name)}`);
      blocks.set(key, block);
    }
    return blocks;
  }

  /** Notes a module instance that holds anything in this plan, and those on the way to it. */
  private noteModule(address: string): void {
    const path = modulePath(address) ?? [];
    for (let depth = 1; depth <= path.length; depth++) {
      const { name, key } = path[depth - 1] as Segment;
      this.moduleInstances.add(moduleAddress(path.slice(0, depth)));
      const call = callKey(path.slice(0, depth - 1), name);
      const keys = this.moduleKeys.get(call);
      if (keys === undefined) this.moduleKeys.set(call, new Set([key]));
      else keys.add(key);
    }
  }
}

function instancesByBlock(entries: Iterable<Entry>): Map<string, string[]> {
  const instances = new Map<string, string[]>();
  for (const entry of entries) pushTo(instances, blockAddress(entry), entry.address);
  return instances;
}

function isGone({ change, deposed }: JsonObject): boolean {
  return typeof deposed === "string" || isRemoved({ change: isRecord(change) ? change : undefined });
}

function callKey(around: ModulePath, name: string): string {
  return `${moduleAddress(around)}/${name}`;
}

function listedTwice(what: string, address: string): Error {
  return expectationError("AddressListedTwice", {
    what,
    rule: "a list that names each address once",
    got: address,
    at: "the plan, twice",
    fix: FIX,
  });
}

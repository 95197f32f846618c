import { pushTo } from "../../../core/push-to";
import { asList, asObject, type JsonObject } from "../../json";
import { blockAddress, type Entry, entryOf, hasAction, instanceKey, isRemoved, isUnchanged } from "../entry";
import type { PlannedAttribute, PlannedInstance, ReadInstance } from "../evaluate/plan-view";
import { partOf } from "./planned-part";

interface Blocks {
  readonly byAddress: ReadonlyMap<string, Entry>;
  readonly planned: ReadonlyMap<string, readonly Entry[]>;
  readonly read: ReadonlyMap<string, readonly ReadInstance[]>;
}

/** Every resource of a plan, by its block. It is parsed and sorted out when something is first asked for. */
export class WholePlan {
  private sorted: Blocks | undefined;

  public constructor(
    private readonly parse: () => JsonObject,
    private readonly providers: ReadonlySet<string>,
  ) {}

  public planned(block: string): readonly PlannedInstance[] {
    return (this.blocks().planned.get(block) ?? []).map((entry) => ({
      address: entry.address,
      key: instanceKey(entry) ?? "",
      trusted: typeof entry.provider === "string" && this.providers.has(entry.provider),
      unchanged: isUnchanged(entry),
      created: hasAction(entry, "create"),
      attribute: (name) => partOf(entry.change, name),
    }));
  }

  public attribute(address: string, name: string): PlannedAttribute {
    const entry = this.blocks().byAddress.get(address);
    return entry === undefined ? { after: undefined, unknown: true, sensitive: true } : partOf(entry.change, name);
  }

  public read(block: string): readonly ReadInstance[] {
    return this.blocks().read.get(block) ?? [];
  }

  private blocks(): Blocks {
    return (this.sorted ??= sortOut(this.parse()));
  }
}

function sortOut(plan: JsonObject): Blocks {
  const byAddress = new Map<string, Entry>();
  const planned = new Map<string, Entry[]>();
  for (const raw of asList(plan.resource_changes)) {
    const object = asObject(raw);
    const entry = object === undefined ? undefined : entryOf(object);
    if (entry === undefined || isRemoved(entry) || entry.deposed) continue;
    const block = entry.mode === "data" ? dataBlock(entry) : blockAddress(entry);
    byAddress.set(entry.address, entry);
    pushTo(planned, block, entry);
  }
  const read = new Map<string, ReadInstance[]>();
  visit(asObject(asObject(asObject(plan.prior_state)?.values)?.root_module), read);
  return { byAddress, planned, read };
}

function visit(module: JsonObject | undefined, read: Map<string, ReadInstance[]>): void {
  if (module === undefined) return;
  const prefix = typeof module.address === "string" ? `${module.address}.` : "";
  for (const raw of asList(module.resources)) {
    const one = asObject(raw);
    if (one?.mode !== "data" || typeof one.address !== "string") continue;
    const block = `${prefix}data.${String(one.type)}.${String(one.name)}`;
    if (!one.address.startsWith(block)) continue;
    pushTo(read, block, {
      address: one.address,
      key: one.address.slice(block.length),
      values: () => asObject(one.values) ?? {},
    });
  }
  for (const child of asList(module.child_modules)) visit(asObject(child), read);
}

function dataBlock({ module, type, name }: Entry): string {
  const prefix = typeof module === "string" ? `${module}.` : "";
  return `${prefix}data.${type}.${String(name)}`;
}

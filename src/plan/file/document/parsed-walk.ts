import { isDataRole, type PlanFacts } from "../../facts";
import { asObject } from "../../json";
import { KeptChanges } from "./kept-changes";
import { stripBlock, stripSeen } from "./strip";
import type { Walk } from "./walk";

/** Walks through a document that has been parsed. */
export class ParsedWalk implements Walk {
  /** @param at the value that is taken next */
  public constructor(
    private at: unknown,
    private readonly facts: PlanFacts,
  ) {}

  public members(read: (name: string) => unknown): unknown {
    const object = asObject(this.at);
    if (object === undefined) return this.at;
    const entries: [string, unknown][] = [];
    for (const name of Object.keys(object)) {
      this.at = object[name];
      const value = read(name);
      if (value !== undefined) entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  }

  public items(read: () => unknown): unknown {
    const { at } = this;
    if (!Array.isArray(at)) return at;
    const items: unknown[] = [];
    for (const one of at as readonly unknown[]) {
      this.at = one;
      const item = read();
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  public value(): unknown {
    return this.at;
  }

  public skip(): void {
    // What has been parsed need not be read past.
  }

  public changes(): unknown {
    const { at } = this;
    if (!Array.isArray(at)) return at;
    const changes = new KeptChanges(this.facts);
    for (const one of at as readonly unknown[]) changes.add(one);
    return changes.kept;
  }

  public block(): unknown {
    const block = asObject(this.at);
    if (block === undefined) return this.at;
    const role = this.facts.roleOf.get(block.type as string);
    if (role !== undefined) return stripBlock(block, role, this.facts);
    return typeof block.type === "string" ? undefined : block;
  }

  public seen(): unknown {
    const resource = asObject(this.at);
    if (resource === undefined) return this.at;
    if (!isDataRole(this.facts.roleOf.get(resource.type as string))) return undefined;
    return stripSeen(resource, this.facts);
  }

  public withText(read: () => unknown): { readonly read: unknown; readonly text: Buffer } {
    const text = Buffer.from(JSON.stringify(this.at));
    return { read: read(), text };
  }
}

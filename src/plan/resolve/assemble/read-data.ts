import { pushTo } from "../../../core/push-to";
import type { DataRole } from "../../facts";
import { isDataRole } from "../../facts";
import { type Entry, entryOf } from "../entry";
import { isRecord } from "../../../core/is-record";
import { itemsOf, member } from "../json-values";
import type { PlanIndex } from "../plan-index";

/** Modules this deep are looked at; a data source further down proves nothing. */
const DEPTH = 8;

/** A data source, with what it has given while the plan was made. */
export interface ReadData {
  readonly source: Entry;
  readonly values: unknown;
}

/**
 * Data sources that were read while the plan was made. One that is read again during apply proves nothing, nor does one
 * that only an old state remembers: its configuration block must be in this plan.
 */
export class DataRead {
  private byRole: Map<DataRole, ReadData[]> | undefined;

  public constructor(private readonly index: PlanIndex) {}

  public of(role: DataRole): readonly ReadData[] {
    this.byRole ??= this.read();
    return this.byRole.get(role) ?? [];
  }

  private read(): Map<DataRole, ReadData[]> {
    const byRole = new Map<DataRole, ReadData[]>();
    const planned = new Set(itemsOf(this.index.plan.resource_changes).map((entry) => member(entry, "address")));
    const all: ReadData[] = [];
    this.collect(member(this.index.plan, "prior_state", "values", "root_module"), 0, all);
    for (const one of all) {
      const isProof = this.index.isTrusted(one.source) && !planned.has(one.source.address);
      if (!isProof || this.index.block(one.source) === undefined) continue;
      pushTo(byRole, this.index.roleOf(one.source.type) as DataRole, one);
    }
    return byRole;
  }

  private collect(module: unknown, depth: number, into: ReadData[]): void {
    for (const resource of itemsOf(member(module, "resources"))) {
      if (!isRecord(resource) || resource.mode !== "data") continue;
      const source = entryOf(resource, member(module, "address"));
      if (source !== undefined && isDataRole(this.index.roleOf(source.type)))
        into.push({ source, values: resource.values });
    }
    if (depth < DEPTH)
      for (const child of itemsOf(member(module, "child_modules"))) this.collect(child, depth + 1, into);
  }
}

/** A list that a data source gives; empty where it gives none. */
export function listIn(values: unknown, name: string): readonly unknown[] {
  const list = member(values, name);
  return Array.isArray(list) ? list : [];
}

import { pushTo } from "../../../core/push-to";
import { type Entry, planned } from "../entry";
import { member } from "../json-values";
import type { PlanIndex } from "../plan-index";

/** Where the plan knows ids of what bindings may bind. */
export class Ids {
  /** Addresses of load balancers that will exist, by their ids. */
  public readonly balancers = new Map<string, string[]>();
  /** Addresses of what has a network interface, by the interface's id. */
  public readonly interfaces = new Map<string, string[]>();
  /** Addresses of load balancers that this plan destroys or replaces, by their ids. */
  public readonly leaving = new Map<string, string>();
  /** The same of vSwitches. */
  public readonly leavingVSwitches = new Map<string, string>();

  public constructor(index: PlanIndex) {
    for (const entry of index.lastingOf("load_balancers")) note(this.balancers, planned(entry, "id"), entry.address);
    for (const entry of index.lastingOf("network_interfaces"))
      note(this.interfaces, planned(entry, index.facts.interfaceId.get(entry.type)!), entry.address);
    noteLeaving(index.entriesOf("load_balancers"), this.leaving);
    noteLeaving(index.entriesOf("vswitches"), this.leavingVSwitches);
  }
}

function noteLeaving(entries: readonly Entry[], leaving: Map<string, string>): void {
  for (const entry of entries) {
    const id = member(entry.change, "before", "id");
    if (typeof id === "string" && planned(entry, "id") !== id && !isForgotten(entry)) leaving.set(id, entry.address);
  }
}

/** One that is only removed from the state still exists; it is proven by another resource or a data source. */
function isForgotten({ change }: Entry): boolean {
  const actions = change?.actions;
  return Array.isArray(actions) && actions.length === 1 && actions[0] === "forget";
}

function note(map: Map<string, string[]>, id: unknown, address: string): void {
  if (typeof id === "string") pushTo(map, id, address);
}

import type { Role } from "../../facts";
import { type Entry, planned } from "../entry";
import { member } from "../json-values";
import { type Origins, takes } from "../origins";
import type { PlanIndex } from "../plan-index";
import { type DataRead, listIn } from "./read-data";

/** vSwitches or VPCs that an attribute may mean. */
export interface Networks {
  /** Resources of this plan. */
  readonly made: readonly Entry[];
  /** Data sources that have listed it. */
  readonly read: readonly Entry[];
}

const NONE: Networks = { made: [], read: [] };

/** Which vSwitches and VPCs of the plan resources are in. What is not in the plan is left out. */
export class NetworksOf {
  /** By role and id. */
  private readonly ids = new Map<string, { readonly made: Entry[]; readonly read: Entry[] }>();
  private readonly lists = new WeakMap<readonly string[], Networks>();
  private isIndexed = false;

  public constructor(
    private readonly index: PlanIndex,
    private readonly origins: Origins,
    private readonly data: DataRead,
  ) {}

  /** @param attribute `vswitch_id` or `vpc_id` */
  public of(entry: Entry, attribute: "vswitch_id" | "vpc_id"): readonly Networks[] {
    const role: Role = attribute === "vswitch_id" ? "vswitches" : "vpcs";
    const value = planned(entry, attribute);
    if (value !== undefined) return [this.withId(value, role)];
    return this.origins.originsOf(entry, attribute).map((origin) => {
      if (origin.what === "known") return origin.listed === true ? NONE : this.withId(origin.value, role);
      if (origin.what !== "resource" || this.index.roleOf(origin.type) !== role || !takes(origin, "id")) return NONE;
      return this.listed(origin.addresses);
    });
  }

  /** The same object for the same list, so that what many may reach is looked at once. */
  private listed(addresses: readonly string[]): Networks {
    let networks = this.lists.get(addresses);
    if (networks === undefined) {
      networks = { made: addresses.map((address) => this.index.lasting.get(address)!), read: [] };
      this.lists.set(addresses, networks);
    }
    return networks;
  }

  private withId(id: unknown, role: Role): Networks {
    if (typeof id !== "string" || id === "") return NONE;
    if (!this.isIndexed) this.indexIds();
    return this.ids.get(`${role} ${id}`) ?? NONE;
  }

  private indexIds(): void {
    this.isIndexed = true;
    const note = (role: Role, id: unknown, kind: keyof Networks, entry: Entry): void => {
      if (typeof id !== "string") return;
      const key = `${role} ${id}`;
      let found = this.ids.get(key);
      if (found === undefined) this.ids.set(key, (found = { made: [], read: [] }));
      found[kind].push(entry);
    };
    for (const role of ["vswitches", "vpcs"] as const)
      for (const entry of this.index.lastingOf(role)) note(role, planned(entry, "id"), "made", entry);
    for (const { source, values } of this.data.of("vswitch_data"))
      for (const item of listIn(values, "vswitches")) note("vswitches", member(item, "id"), "read", source);
  }
}

import { defined } from "../../../core/defined";
import type { TargetFacts } from "../facts-document";
import type { Role } from "../../facts";
import { type Entry, hasAction, planned, shown } from "../entry";
import { marshal } from "../json-values";
import type { Origin, Origins } from "../origins";
import type { PlanIndex } from "../plan-index";
import { afterApply } from "./doubt";
import type { Outside } from "./outside";
import type { PrivateAddresses } from "./private-addresses";
import type { Region, Regions } from "./regions";
import type { VSwitches } from "./vswitches";

export type TargetRole = Extract<Role, "load_balancers" | "network_interfaces">;

/** What the plan says of a load balancer or a network interface, whatever binds it. */
export interface Described {
  readonly address: string;
  readonly type: string;
  readonly address_type?: NonNullable<TargetFacts["address_type"]>;
  readonly vswitch?: NonNullable<TargetFacts["vswitch"]>;
  readonly shown_address_type?: string;
  readonly status?: string;
  readonly private_address?: NonNullable<TargetFacts["private_address"]>;
  readonly region: Region;
  readonly outside: TargetFacts["outside"];
  readonly trusted: boolean;
}

export interface Known {
  readonly role: TargetRole;
  readonly described: Described;
  /** An expression that decides was only listed by its references. */
  readonly listed: boolean;
  /** It is there before the plan is applied. */
  readonly exists: boolean;
}

/** What is known only after apply, and what is left out, is for the cloud to choose. */
export function isInactive(status: unknown): status is string {
  return typeof status === "string" && status !== "" && status !== "active";
}

/** What the plan says of its own targets, each worked out once, however many bindings may reach it. */
export class Balancers {
  private readonly known = new Map<string, Known | undefined>();

  public constructor(
    private readonly index: PlanIndex,
    private readonly origins: Origins,
    private readonly regions: Regions,
    private readonly vswitches: VSwitches,
    private readonly outside: Outside,
    private readonly privateAddresses: PrivateAddresses,
  ) {}

  /** Undefined for an address that looks like a target of this role and is not one. */
  public at(address: string, role: TargetRole): Known | undefined {
    if (!this.known.has(address)) this.known.set(address, this.describe(this.index.lasting.get(address)));
    const known = this.known.get(address);
    return known?.role === role ? known : undefined;
  }

  private describe(entry: Entry | undefined): Known | undefined {
    const role = entry && this.index.roleOf(entry.type);
    const region = entry && this.regions.of(entry);
    if (entry === undefined || region === undefined) return undefined;
    if (role !== "load_balancers" && role !== "network_interfaces") return undefined;
    const network = role === "load_balancers" ? this.vswitches.of(entry) : undefined;
    const { outside, listed } = this.outside.of(entry, region.region, role === "load_balancers");
    const common = { type: entry.type, region: region.region, outside, trusted: this.index.isTrusted(entry) };
    const said = network === undefined ? common : { ...common, ...this.balancer(entry), vswitch: network.vswitch };
    const exists = entry.change?.actions !== undefined && !hasAction(entry, "create");
    return {
      role,
      described: { address: entry.address, ...said },
      listed: region.listed || listed || (network?.listed ?? false),
      exists,
    };
  }

  private balancer(
    entry: Entry,
  ): Pick<Described, "address_type" | "shown_address_type" | "status" | "private_address"> {
    return {
      address_type: this.addressType(entry),
      shown_address_type: shown(entry, "address_type"),
      ...(isInactive(planned(entry, "status")) ? { status: shown(entry, "status") } : {}),
      ...defined({ private_address: this.privateAddresses.of(entry) }),
    };
  }

  /** Left out, the cloud makes it `internet`; the plan then shows it as unknown. */
  private addressType(entry: Entry): Described["address_type"] & object {
    const value = planned(entry, "address_type");
    if (typeof value === "string") return { state: "known", value };
    if (value !== undefined && value !== null) return { state: "known", value: marshal(value) };
    if (this.origins.isLeftOut(entry, "address_type")) return { state: "left out", value: null };
    const origins = this.origins.originsOf(entry, "address_type");
    const isIntranet = (one: Origin): boolean => one.what === "known" && one.value === "intranet";
    return { state: "unknown", value: afterApply(origins, isIntranet) ?? null };
  }
}

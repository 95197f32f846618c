import { pushTo } from "../../../core/push-to";
import type { TargetFacts } from "../facts-document";
import { type Entry, hasAction, planned, shown } from "../entry";
import { compareText } from "../evaluate/order";
import type { PlanIndex } from "../plan-index";
import type { NetworksOf } from "./networks";

type Facts = TargetFacts["private_address"];

/** Addresses of a vSwitch that the cloud keeps for itself: the first one, and these at the end. */
const KEPT_AT_END = 3;

/** Whether the private address that a new load balancer asks for is one that its vSwitch has to give. */
export class PrivateAddresses {
  /** Addresses of load balancers by vSwitch and private address. */
  private taken: Map<string, string[]> | undefined;

  public constructor(
    private readonly index: PlanIndex,
    private readonly networks: NetworksOf,
  ) {}

  /** What is wrong with it; undefined where nothing is, or where it cannot be determined. */
  public of(entry: Entry): Facts {
    const address = planned(entry, "address");
    if (typeof address !== "string" || address === "" || !hasAction(entry, "create")) return undefined;
    const vswitch = this.vswitchOf(entry);
    if (vswitch === undefined || planned(entry, "address_type") !== "intranet") return undefined;
    const value = shown(entry, "address");
    const cidr = planned(vswitch, "cidr_block");
    if (typeof cidr === "string" && isOutside(address, cidr))
      return { value, problem: "outside", by: `${vswitch.address} (${shown(vswitch, "cidr_block")})` };
    const [other] = (this.all().get(`${vswitch.address} ${address}`) ?? []).filter((one) => one !== entry.address);
    return other === undefined ? undefined : { value, problem: "taken", by: other };
  }

  /** The one vSwitch of this plan that it is in. */
  private vswitchOf(entry: Entry): Entry | undefined {
    const networks = this.networks.of(entry, "vswitch_id");
    const made = new Set(networks.flatMap((one) => one.made));
    return made.size === 1 && networks.every(({ read }) => read.length === 0) ? [...made][0] : undefined;
  }

  private all(): Map<string, string[]> {
    if (this.taken !== undefined) return this.taken;
    const taken = new Map<string, string[]>();
    for (const entry of this.index.lastingOf("load_balancers")) {
      const address = planned(entry, "address");
      if (typeof address !== "string") continue;
      const vswitch = this.vswitchOf(entry);
      if (vswitch === undefined) continue;
      pushTo(taken, `${vswitch.address} ${address}`, entry.address);
    }
    for (const addresses of taken.values()) addresses.sort(compareText);
    return (this.taken = taken);
  }
}

/** False also for what is no address or no block, which the provider refuses itself. */
function isOutside(address: string, cidr: string): boolean {
  const [base = "", length = "", ...more] = cidr.split("/");
  const [ip, first] = [numberOf(address), numberOf(base)];
  if (ip === undefined || first === undefined || more.length > 0 || !/^(?:[1-9]|[12][0-9])$/.test(length)) return false;
  return ip <= first || ip >= first + 2 ** (32 - Number(length)) - KEPT_AT_END;
}

function numberOf(address: string): number | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

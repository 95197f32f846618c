import type { OutsideFacts } from "../facts-document";
import { type Entry, hasAction } from "../entry";
import { compareText } from "../evaluate/order";
import type { PlanIndex } from "../plan-index";
import type { Networks, NetworksOf } from "./networks";
import type { Region, Regions } from "./regions";
import { isInRegion, zonesOf } from "./zones";

/** A resource on the way from a target to its VPC, and what is told where its region cannot be. */
interface Step {
  readonly entry: Entry;
  readonly isMade: boolean;
}

/**
 * What belongs to a target and is in another region, so that the cloud refuses it in the middle of an apply: its vSwitch,
 * the VPC of that, and the zones that they name. What is not in the plan is left to the cloud.
 */
export class Outside {
  private readonly regionsOf = new WeakMap<Networks, readonly { readonly step: Step; readonly region: Region }[]>();

  public constructor(
    private readonly index: PlanIndex,
    private readonly networks: NetworksOf,
    private readonly regions: Regions,
  ) {}

  /**
   * @param region of the target
   * @param isProven the vSwitch's region must be told, where the target does not exist yet
   */
  public of(target: Entry, { value: region }: Region, isProven: boolean): Found {
    if (region === null) return NOTHING;
    const found: OutsideFacts[] = this.zones(target, region);
    let listed = false;
    for (const networks of this.networks.of(target, "vswitch_id"))
      for (const { step, region: its } of this.placed(networks)) {
        const { entry } = step;
        const other = otherRegion(entry, its, region);
        if (its.value === null && !(isProven && hasAction(target, "create"))) continue;
        if (other !== undefined) found.push(other);
        else if (step.isMade) found.push(...this.zones(entry, region), ...this.vpcs(entry, region));
        listed ||= this.regions.of(entry)?.listed ?? false;
      }
    return { outside: found.length === 0 ? NONE : each(found), listed };
  }

  private placed(networks: Networks): readonly { readonly step: Step; readonly region: Region }[] {
    let placed = this.regionsOf.get(networks);
    if (placed === undefined) {
      const steps = [
        ...networks.made.map((entry) => ({ entry, isMade: true })),
        ...networks.read.map((entry) => ({ entry, isMade: false })),
      ];
      placed = steps.map((step) => ({ step, region: this.regions.of(step.entry)?.region ?? NO_BLOCK_IN_PLAN }));
      this.regionsOf.set(networks, placed);
    }
    return placed;
  }

  private zones(entry: Entry, region: string): OutsideFacts[] {
    return zonesOf(entry, this.index)
      .filter(({ value }) => !isInRegion(value, region))
      .map(({ attribute, shown }) => ({ address: entry.address, attribute, value: shown, from: "" }));
  }

  /** VPCs of a vSwitch that are surely in another region. */
  private vpcs(vswitch: Entry, region: string): OutsideFacts[] {
    return this.networks
      .of(vswitch, "vpc_id")
      .flatMap((networks) => this.placed(networks))
      .flatMap(({ step, region: its }) => (its.value === null ? [] : (otherRegion(step.entry, its, region) ?? [])));
  }
}

interface Found {
  readonly outside: readonly OutsideFacts[];
  /** A region was only listed by references. */
  readonly listed: boolean;
}

const NONE: readonly OutsideFacts[] = [];
const NOTHING: Found = { outside: NONE, listed: false };
const NO_BLOCK_IN_PLAN: Region = { value: null, from: "no configuration block in the plan" };

function otherRegion({ address }: Entry, its: Region, region: string): OutsideFacts | undefined {
  if (its.value === region) return undefined;
  return { address, attribute: "region", value: its.value === null ? null : (its.shown ?? its.value), from: its.from };
}

/** Each once, of those that differ in nothing but the address the first one. */
function each(found: readonly OutsideFacts[]): readonly OutsideFacts[] {
  const sorted = [...found].sort((a, b) => compareText(a.address, b.address) || compareText(a.attribute, b.attribute));
  const firsts = new Map<string, OutsideFacts>();
  for (const one of sorted) {
    const key = JSON.stringify([one.attribute, one.value, one.from]);
    if (!firsts.has(key)) firsts.set(key, one);
  }
  return [...firsts.values()];
}

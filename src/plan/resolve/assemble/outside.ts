import type { OutsideFacts } from "../facts-document";
import { type Entry, hasAction } from "../entry";
import { compareText } from "../evaluate/order";
import type { PlanIndex } from "../plan-index";
import type { Networks, NetworksOf } from "./networks";
import type { Region, Regions } from "./regions";
import { isInRegion, zonesOf } from "./zones";

/**
 * What belongs to a target and is in another region, so that the cloud refuses it in the middle of an apply: its vSwitch,
 * the VPC of that, and the zones that they name. What is not in the plan is left to the cloud.
 */
export class Outside {
  /** What was found in vSwitches and VPCs that many may reach, by what was asked. */
  private readonly known = new WeakMap<Networks, Map<string, Found>>();

  public constructor(
    private readonly index: PlanIndex,
    private readonly networks: NetworksOf,
    private readonly regions: Regions,
  ) {}

  /**
   * @param region of the target
   * @param isProven the vSwitch's region must be known, where the target does not exist yet
   */
  public of(target: Entry, { value: region }: Region, isProven: boolean): Found {
    if (region === null) return NOTHING;
    const mustBeTold = isProven && hasAction(target, "create");
    const networks = this.networks.of(target, "vswitch_id").map((one) => this.vswitches(one, region, mustBeTold));
    return together([{ outside: this.zones(target, region), listed: false }, ...networks]);
  }

  private vswitches(networks: Networks, region: string, mustBeTold: boolean): Found {
    return this.once(networks, `vswitches ${region} ${mustBeTold}`, () => [
      ...networks.made.map((entry) => this.vswitch(entry, region, mustBeTold, true)),
      ...networks.read.map((entry) => this.vswitch(entry, region, mustBeTold, false)),
    ]);
  }

  /** @param isMade by this plan, so that what it names and its VPC are known */
  private vswitch(entry: Entry, region: string, mustBeTold: boolean, isMade: boolean): Found {
    const { region: its, listed } = this.regionOf(entry);
    if (its.value === null && !mustBeTold) return NOTHING;
    if (its.value !== region) return { outside: [otherRegion(entry, its)], listed };
    if (!isMade) return { outside: NONE, listed };
    const vpcs = this.networks.of(entry, "vpc_id").map((one) => this.vpcs(one, region));
    return together([{ outside: this.zones(entry, region), listed }, ...vpcs]);
  }

  /** VPCs that are surely in another region. */
  private vpcs(networks: Networks, region: string): Found {
    return this.once(networks, `vpcs ${region}`, () =>
      [...networks.made, ...networks.read].map((entry) => {
        const { region: its } = this.regionOf(entry);
        const isOther = its.value !== null && its.value !== region;
        return isOther ? { outside: [otherRegion(entry, its)], listed: false } : NOTHING;
      }),
    );
  }

  private once(networks: Networks, question: string, find: () => readonly Found[]): Found {
    const answers = this.known.get(networks) ?? new Map<string, Found>();
    this.known.set(networks, answers);
    const found = answers.get(question) ?? together(find());
    answers.set(question, found);
    return found;
  }

  private regionOf(entry: Entry): { readonly region: Region; readonly listed: boolean } {
    return this.regions.of(entry) ?? { region: NO_BLOCK_IN_PLAN, listed: false };
  }

  private zones(entry: Entry, region: string): readonly OutsideFacts[] {
    return zonesOf(entry, this.index)
      .filter(({ value }) => !isInRegion(value, region))
      .map(({ attribute, shown }) => ({ address: entry.address, attribute, value: shown, from: "" }));
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

function otherRegion({ address }: Entry, its: Region): OutsideFacts {
  return { address, attribute: "region", value: its.value === null ? null : (its.shown ?? its.value), from: its.from };
}

function together(all: readonly Found[]): Found {
  const outside = all.flatMap((one) => one.outside);
  return { outside: outside.length === 0 ? NONE : each(outside), listed: all.some((one) => one.listed) };
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

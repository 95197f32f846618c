import type { TargetFacts } from "../facts-document";
import { type Entry, isContradictory, isUnknown, planned, shown } from "../entry";
import { type Origin, type Origins, takes } from "../origins";
import type { PlanIndex } from "../plan-index";

export type VSwitch = NonNullable<TargetFacts["vswitch"]>;

/** Whether load balancers get a vSwitch. */
export class VSwitches {
  public constructor(
    private readonly index: PlanIndex,
    private readonly origins: Origins,
  ) {}

  public of(entry: Entry): { readonly vswitch: VSwitch; readonly listed: boolean } {
    const value = shown(entry, "vswitch_id");
    if (isVSwitchId(planned(entry, "vswitch_id"))) return { vswitch: { state: "given", value }, listed: false };
    if (!isUnknown(entry, "vswitch_id")) return { vswitch: { state: "none", value }, listed: false };
    const unknown: VSwitch = { state: "unknown", value };
    if (isContradictory(entry, "vswitch_id")) return { vswitch: unknown, listed: false };
    const origins = this.origins.originsOf(entry, "vswitch_id");
    const found = new Set(origins.flatMap((origin) => this.found(origin)));
    const isGiven = found.size > 0 && origins.every((origin) => this.isFitting(origin));
    return {
      vswitch: isGiven ? { state: "given", value: [...found].sort().join(", ") } : unknown,
      listed: origins.some((one) => one.listed === true),
    };
  }

  /**
   * True for what cannot make the value null or empty: a vSwitch's id, or something known that was listed only (the whole
   * is unknown, so a known condition has chosen what is not).
   */
  private isFitting(origin: Origin): boolean {
    if (origin.what === "known") return origin.listed === true || isVSwitchId(origin.value);
    return this.found(origin).length > 0;
  }

  private found(origin: Origin): readonly string[] {
    if (origin.what === "known") return origin.listed !== true && isVSwitchId(origin.value) ? [origin.value] : [];
    if (origin.what !== "resource" || this.index.roleOf(origin.type) !== "vswitches" || !takes(origin, "id")) return [];
    const isTrusted = (address: string): boolean => this.index.isTrusted(this.index.lasting.get(address));
    return origin.addresses.every(isTrusted) ? origin.addresses : [];
  }
}

/** What trims to nothing on one machine and not on another (zero-width spaces, say) is no id either. */
export function isVSwitchId(id: unknown): id is string {
  return typeof id === "string" && /^vsw-[A-Za-z0-9-]+$/.test(id);
}

import type { TargetFacts } from "../facts-document";
import { type Entry, isContradictory, isUnknown, planned, shown } from "../entry";
import { type Origin, type Origins, takes } from "../origins";
import type { PlanIndex } from "../plan-index";
import { doubtOf } from "./doubt";
import { namedTogether } from "./named-together";

export type VSwitch = NonNullable<TargetFacts["vswitch"]>;

/** Whether load balancers get a vSwitch. */
export class VSwitches {
  /** Of lists that many load balancers share. */
  private readonly names = new WeakMap<readonly string[], string>();
  private readonly trusted = new WeakMap<readonly string[], boolean>();

  /** @param leaving addresses of vSwitches that this plan destroys or replaces, by their ids */
  public constructor(
    private readonly index: PlanIndex,
    private readonly origins: Origins,
    private readonly leaving: ReadonlyMap<string, string>,
  ) {}

  public of(entry: Entry): { readonly vswitch: VSwitch; readonly listed: boolean } {
    const value = shown(entry, "vswitch_id");
    const id = planned(entry, "vswitch_id");
    if (isVSwitchId(id)) {
      const leaving = this.leaving.get(id);
      const vswitch: VSwitch = leaving === undefined ? { state: "given", value } : { state: "leaving", value: leaving };
      return { vswitch, listed: false };
    }
    if (!isUnknown(entry, "vswitch_id")) return { vswitch: { state: "none", value }, listed: false };
    const unknown: VSwitch = { state: "unknown", value };
    if (isContradictory(entry, "vswitch_id")) return { vswitch: unknown, listed: false };
    const origins = this.origins.originsOf(entry, "vswitch_id");
    const lists = new Set(origins.map((origin) => this.found(origin)).filter(({ length }) => length > 0));
    const isGiven = lists.size > 0 && origins.every((origin) => this.isFitting(origin));
    return {
      vswitch: isGiven
        ? { state: "given", value: this.named([...lists]) }
        : { ...unknown, value: doubtOf(origins, (origin) => this.isFitting(origin)) ?? value },
      listed: origins.some((one) => one.listed === true),
    };
  }

  /**
   * True for what cannot make the value null or empty: a vSwitch's id, or something known that was listed only (the whole
   * is unknown, so a known condition has chosen what is not).
   */
  private isFitting(origin: Origin): boolean {
    if (origin.what === "known") return origin.listed === true || this.isStaying(origin.value);
    return this.found(origin).length > 0;
  }

  private named(lists: readonly (readonly string[])[]): string {
    const [first] = lists;
    if (first === undefined || lists.length > 1) return namedTogether(new Set(lists.flat()));
    let name = this.names.get(first);
    if (name === undefined) this.names.set(first, (name = namedTogether(new Set(first))));
    return name;
  }

  private found(origin: Origin): readonly string[] {
    if (origin.what === "known") return origin.listed !== true && this.isStaying(origin.value) ? [origin.value] : [];
    if (origin.what !== "resource" || this.index.roleOf(origin.type) !== "vswitches" || !takes(origin, "id")) return [];
    return this.areTrusted(origin.addresses) ? origin.addresses : [];
  }

  private isStaying(id: unknown): id is string {
    return isVSwitchId(id) && !this.leaving.has(id);
  }

  private areTrusted(addresses: readonly string[]): boolean {
    let areTrusted = this.trusted.get(addresses);
    if (areTrusted === undefined) {
      areTrusted = addresses.every((address) => this.index.isTrusted(this.index.lasting.get(address)));
      this.trusted.set(addresses, areTrusted);
    }
    return areTrusted;
  }
}

/** A text of characters that some systems trim (such as zero-width spaces) is not an id either. */
export function isVSwitchId(id: unknown): id is string {
  return typeof id === "string" && /^vsw-[A-Za-z0-9-]+$/.test(id);
}

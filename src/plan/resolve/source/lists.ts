import { pushTo } from "../../../core/push-to";
import { blockAddress } from "../entry";
import type { PlanIndex } from "../plan-index";

/** Lists of addresses, one list object for the same instances, so that facts about them are written once. */
export class Lists {
  private readonly made = new Map<string, Map<number, (readonly string[])[]>>();

  public constructor(private readonly index: PlanIndex) {}

  /** The addresses by their block; those that will not exist stand in a list that is empty. */
  public byBlock(addresses: readonly string[]): { readonly block: string; readonly addresses: readonly string[] }[] {
    const blocks = new Map<string, string[]>();
    for (const address of addresses) {
      const entry = this.index.lasting.get(address);
      const block = entry === undefined ? address : blockAddress(entry);
      pushTo(blocks, block, address);
    }
    return [...blocks].map(([block, group]) => ({ block, addresses: this.shared(block, group) }));
  }

  private shared(block: string, addresses: readonly string[]): readonly string[] {
    if (addresses.length === 1) return this.index.only(addresses[0]!);
    const all = this.index.instancesOf(block);
    if (all.length === addresses.length) return all;
    let sizes = this.made.get(block);
    if (sizes === undefined) this.made.set(block, (sizes = new Map()));
    const same = sizes.get(addresses.length)?.find((list) => list.every((address, i) => address === addresses[i]));
    if (same !== undefined) return same;
    sizes.set(addresses.length, [...(sizes.get(addresses.length) ?? []), addresses]);
    return addresses;
  }
}

import type { Block, Place } from "./places";
import type { Change } from "./plan-index";

/** A block in a module instance; of a block that the configuration does not hold its address. */
export type Holder = { readonly block: Block; readonly place: Place } | { readonly base: string };

/** What will exist of a plan, by block and instance key. Most blocks have one instance, which is kept as it is. */
export class Instances {
  private readonly byPlace = new Map<Place, Map<Block, Change | Several>>();
  private readonly byBase = new Map<string, Change | Several>();

  /** All instances of a block, in the plan's order. */
  public of(holder: Holder): readonly Change[] {
    const known = this.find(holder);
    if (known === undefined) return [];
    return known instanceof Several ? known.all : [known];
  }

  public hasSeveral(holder: Holder): boolean {
    return this.find(holder) instanceof Several;
  }

  /** The instance with this key. */
  public at(holder: Holder, key: string): Change | undefined {
    const known = this.find(holder);
    if (known instanceof Several) return known.byKey.get(key);
    return known?.key === key ? known : undefined;
  }

  /** @returns false when there is one of that block with that key */
  public add(change: Change): boolean {
    const { block, place, base, key } = change;
    if (block === undefined) return added(this.byBase, base, change, key);
    let blocks = this.byPlace.get(place);
    if (blocks === undefined) this.byPlace.set(place, (blocks = new Map()));
    return added(blocks, block, change, key);
  }

  private find(holder: Holder): Change | Several | undefined {
    return "base" in holder ? this.byBase.get(holder.base) : this.byPlace.get(holder.place)?.get(holder.block);
  }
}

function added<K>(map: Map<K, Change | Several>, holder: K, change: Change, key: string): boolean {
  const known = map.get(holder);
  if (known === undefined) map.set(holder, change);
  else if (known instanceof Several) return known.add(change);
  else if (known.key === key) return false;
  else map.set(holder, new Several(known, change));
  return true;
}

class Several {
  public readonly all: Change[];
  public readonly byKey: Map<string, Change>;

  public constructor(...all: Change[]) {
    this.all = all;
    this.byKey = new Map(all.map((change) => [change.key, change]));
  }

  public add(change: Change): boolean {
    if (this.byKey.has(change.key)) return false;
    this.byKey.set(change.key, change);
    this.all.push(change);
    return true;
  }
}

/** The holder of a change's instances. */
export function holderOf({ block, place, base }: Change): Holder {
  return block === undefined ? { base } : { block, place };
}

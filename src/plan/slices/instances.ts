import type { Block, Place } from "./places";
import type { Change } from "./plan-index";

/** A block in a module instance; of a block that the configuration does not hold its address. */
export type Holder = { readonly block: Block; readonly place: Place } | { readonly base: string };

/** Of a block: its one instance, its instances in the one module instance that has any, or those of each. */
export type HeldInstances = Change | Several | Map<Place, Change | Several> | undefined;

/** What will exist of a plan, by block and instance key. Most blocks have one instance, which is kept as it is. */
export class Instances {
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
    const { block, place, base } = change;
    if (block === undefined) {
      const known = this.byBase.get(base);
      const held = withOne(known, change);
      if (held !== undefined && held !== known) this.byBase.set(base, held);
      return held !== undefined;
    }
    const all = block.instances;
    if (all !== undefined && !(all instanceof Map) && placeOf(all) !== place)
      block.instances = new Map([[placeOf(all), all]]);
    if (block.instances instanceof Map) {
      const held = withOne(block.instances.get(place), change);
      if (held !== undefined) block.instances.set(place, held);
      return held !== undefined;
    }
    const held = withOne(block.instances, change);
    if (held !== undefined) block.instances = held;
    return held !== undefined;
  }

  private find(holder: Holder): Change | Several | undefined {
    if ("base" in holder) return this.byBase.get(holder.base);
    const { instances } = holder.block;
    if (instances instanceof Map) return instances.get(holder.place);
    return instances !== undefined && placeOf(instances) === holder.place ? instances : undefined;
  }
}

function placeOf(held: Change | Several): Place {
  return held instanceof Several ? held.all[0]!.place : held.place;
}

/** The instances and one more; undefined when there is one with its key. */
function withOne(known: Change | Several | undefined, change: Change): Change | Several | undefined {
  if (known === undefined) return change;
  if (known instanceof Several) return known.add(change) ? known : undefined;
  return known.key === change.key ? undefined : new Several(known, change);
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

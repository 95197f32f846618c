import type { Change } from "./plan-index";

/** What will exist of a plan, by block and instance key. Most blocks have one instance, which is kept as it is. */
export class Instances {
  private readonly byBase = new Map<string, Change | Several>();

  /** All instances of a block, in the plan's order. */
  public of(base: string): readonly Change[] {
    const known = this.byBase.get(base);
    if (known === undefined) return [];
    return known instanceof Several ? known.all : [known];
  }

  public hasSeveral(base: string): boolean {
    return this.byBase.get(base) instanceof Several;
  }

  /** The instance with this key. */
  public at(base: string, key: string): Change | undefined {
    const known = this.byBase.get(base);
    if (known instanceof Several) return known.byKey.get(key);
    return known?.key === key ? known : undefined;
  }

  /** @returns false when there is one of that block with that key */
  public add(change: Change): boolean {
    const { base, key } = change;
    const known = this.byBase.get(base);
    if (known === undefined) this.byBase.set(base, change);
    else if (known instanceof Several) return known.add(change);
    else if (known.key === key) return false;
    else this.byBase.set(base, new Several(known, change));
    return true;
  }
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

/** Sets of the numbers from 0 to `size` that can be joined. */
export class DisjointSets {
  private readonly parents: number[];

  public constructor(size: number) {
    this.parents = Array.from({ length: size }, (_, i) => i);
  }

  public join(a: number, b: number): void {
    this.parents[this.root(a)] = this.root(b);
  }

  public members(): number[][] {
    const sets = new Map<number, number[]>();
    this.parents.forEach((_, i) => {
      const root = this.root(i);
      const set = sets.get(root);
      if (set === undefined) sets.set(root, [i]);
      else set.push(i);
    });
    return [...sets.values()];
  }

  private root(i: number): number {
    let at = i;
    while (this.parents[at] !== at) {
      this.parents[at] = this.parents[this.parents[at]!]!;
      at = this.parents[at]!;
    }
    return at;
  }
}

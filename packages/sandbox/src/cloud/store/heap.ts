/** A queue that gives back the entry with the smallest time first. */
export class TimeHeap<T> {
  private readonly entries: { readonly at: number; readonly value: T }[] = [];

  public get nextAt(): number {
    return this.entries[0]?.at ?? Infinity;
  }

  public push(at: number, value: T): void {
    const entries = this.entries;
    let place = entries.length;
    entries.push({ at, value });
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (entries[parent]!.at <= at) break;
      this.swap(place, parent);
      place = parent;
    }
  }

  public pop(): T | undefined {
    const entries = this.entries;
    const first = entries[0];
    const last = entries.pop();
    if (first === undefined || last === undefined) return undefined;
    if (entries.length > 0) {
      entries[0] = last;
      this.sink();
    }
    return first.value;
  }

  private sink(): void {
    const entries = this.entries;
    for (let place = 0; ;) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2])
        if (child < entries.length && entries[child]!.at < entries[least]!.at) least = child;
      if (least === place) return;
      this.swap(place, least);
      place = least;
    }
  }

  private swap(a: number, b: number): void {
    const held = this.entries[a]!;
    this.entries[a] = this.entries[b]!;
    this.entries[b] = held;
  }
}

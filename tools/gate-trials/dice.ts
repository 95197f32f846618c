/** A small seeded generator (mulberry32), so that a trial can be made again from its number. */
export class Dice {
  private state: number;

  public constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 up to and without `below`. */
  public below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  }

  public pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  public chance(share: number): boolean {
    return this.below(1000) < share * 1000;
  }
}

import fc from "fast-check";

/** Choices by number, so that fast-check can make any plan smaller. */
export class Dice {
  private at = 0;
  public constructor(private readonly numbers: readonly number[]) {}

  public roll(sides: number): number {
    const n = this.numbers[this.at++ % Math.max(1, this.numbers.length)] ?? 0;
    return (n + this.at * 7) % sides;
  }

  public of<T>(...choices: readonly T[]): T {
    return choices[this.roll(choices.length)]!;
  }

  public chance(percent: number): boolean {
    return this.roll(100) < percent;
  }

  /** The same choices once more, from the beginning. */
  public again(): Dice {
    return new Dice(this.numbers);
  }
}

export const dice = fc
  .array(fc.nat({ max: 9999 }), { minLength: 24, maxLength: 120 })
  .map((numbers) => new Dice(numbers));

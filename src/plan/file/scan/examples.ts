import { Example, type Skipper } from "./example";
import { Runs } from "./runs";

/** Smaller objects are read as quickly as compared; larger ones are few. In bytes. */
const SMALLEST = 128;
const LARGEST = 16 * 1024;
/** Examples that are kept; plans are made of a few kinds of resources over and over. */
const MOST = 32;
/** Bytes that are compared in vain at most for one object; mostly the first hundred tell. */
const MOST_COMPARED = 8 * 1024;
/** So many objects without an example in a row tell that examples are of no use here; then only a few are compared. */
const PATIENCE = 32;
const PAUSE = 15;

/** Objects met before in one list or in lists of the same depth, to prove others by that are like them. */
export class Examples<T> {
  private readonly known: Example<T>[] = [];
  private oldest = 0;
  private last: Example<T> | undefined;
  private misses = 0;
  private pause = 0;
  private runs: Runs | undefined;

  public constructor(private readonly scanner: Skipper) {}

  /**
   * Reads past the object at the scanner's position when it is like an example, which is returned.
   * @throws ScanError
   */
  public match(): Example<T> | undefined {
    if (this.pause > 0) return undefined;
    const guess = this.last?.next;
    if (guess?.matches() === true) return this.met(guess);
    let spent = 0;
    for (const one of this.known) {
      if (one === guess) continue;
      if (one.matches()) return this.met(one);
      spent += one.compared;
      if (spent > MOST_COMPARED) break;
    }
    return undefined;
  }

  /**
   * Keeps the object that was read just now, because it was like no example, if it is a good one.
   * @param start where it begins
   * @param longNumber where the scanner met the last number that not all readers read alike; it is to be met again
   */
  public learn(
    start: number,
    longNumber: number | undefined,
    about: T,
    places: readonly number[] = [],
    fixed: readonly number[] = [],
  ): void {
    if (this.pause > 0) {
      this.pause--;
      return;
    }
    const size = this.scanner.position - start;
    if (size < SMALLEST || size > LARGEST || (longNumber !== undefined && longNumber >= start)) return;
    if (++this.misses > PATIENCE) this.pause = PAUSE;
    this.runs ??= new Runs(this.scanner.bytes);
    const example = new Example(this.scanner, this.runs, start, this.scanner.position, about, places, fixed);
    this.known[this.oldest] = example;
    this.oldest = (this.oldest + 1) % MOST;
    this.follow(example);
  }

  private met(example: Example<T>): Example<T> {
    this.misses = 0;
    this.follow(example);
    return example;
  }

  private follow(example: Example<T>): void {
    if (this.last !== undefined) this.last.next = example;
    this.last = example;
  }
}

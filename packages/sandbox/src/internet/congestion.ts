/** Bytes of data in a segment of Ethernet, and how many of them a sender begins with (RFC 6928). */
export const SEGMENT = 1460;
const FIRST_SEGMENTS = 10;
/** What a sender keeps of its window after a loss, and never less than two segments (RFC 9438, RFC 5681). */
const KEPT = 0.7;
const LEAST = 2 * SEGMENT;
/** Segments by which the window grows per round trip: with what is kept, as fast in the mean as Reno (RFC 9438, 4.3). */
const GROWTH = (3 * (1 - KEPT)) / (1 + KEPT);

/**
 * How much a TCP sender lets be on its way: twice as much with each round trip until the first loss, a little more with
 * each from then on, and less after each loss. So a long transfer over a path that loses a share p of its segments settles
 * at sqrt(3/2) / sqrt(p) segments per round trip (Mathis, Semke, Mahdavi and Ott, 1997).
 */
export class Congestion {
  private window = FIRST_SEGMENTS * SEGMENT;
  private threshold: number;
  private recoveredAt = -Infinity;

  /** @param most the receiver's window, in bytes */
  public constructor(private readonly most: number) {
    this.threshold = most;
  }

  /** Bytes that may be on their way. */
  public get bytes(): number {
    return this.window;
  }

  public acknowledged(bytes: number): void {
    this.window += this.window < this.threshold ? bytes : (GROWTH * SEGMENT * bytes) / this.window;
    this.window = Math.min(this.window, this.most);
  }

  /**
   * Losses of one round trip count once.
   * @param now on any clock
   * @param rttMs on the same clock
   */
  public lost(now: number, rttMs: number): void {
    if (now < this.recoveredAt) return;
    this.recoveredAt = now + rttMs;
    this.threshold = Math.max(this.window * KEPT, LEAST);
    this.window = this.threshold;
  }
}

import type { UserLocation } from "./places";

/** What one connection took, in milliseconds since it was asked for, as the network delivered it. */
export interface Timing {
  readonly user: UserLocation;
  /** The public address that was asked. */
  readonly ip: string;
  /** Region of its target; left out when it had none. */
  readonly region?: string;
  /** Milliseconds since the epoch at which it ended. */
  readonly at: number;
  /** Until the connection was open; left out when it was refused or never answered. */
  readonly connectMs?: number;
  /** Until the first and the last byte of the answer; left out when there was none. */
  readonly firstByteMs?: number;
  readonly totalMs?: number;
}

/** What the latest connections of one user to one address took: medians, in milliseconds. */
export interface Times {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
  /** Connections that brought an answer, and those that brought none, of the latest ones. */
  readonly answered: number;
  readonly failed: number;
  /** Milliseconds since the epoch at which the latest one ended. */
  readonly at: number;
}

/** Connections that the medians are of: the picture follows a measurement, and one slow answer does not move it. */
const LATEST = 40;
/** Most pairs of user and address; those that were quiet for longest are forgotten. */
const MOST_PAIRS = 1000;

/** Remembers what connections through the simulated internet took, for a page that shows it. */
export class Traffic {
  private readonly pairs = new Map<string, readonly Timing[]>();
  private readonly listeners = new Set<() => void>();

  /** Takes one connection that has ended. */
  public add(timing: Timing): void {
    const key = keyOf(timing.user, timing.ip);
    const latest = [...(this.pairs.get(key) ?? []), timing].slice(-LATEST);
    // Last in the map is the latest one.
    this.pairs.delete(key);
    this.pairs.set(key, latest);
    const [oldest] = this.pairs.keys();
    if (this.pairs.size > MOST_PAIRS && oldest !== undefined) this.pairs.delete(oldest);
    for (const listener of this.listeners) listener();
  }

  /**
   * What it takes a user to use an address; undefined before the first attempt.
   * @param region where the address leads that user now: what led elsewhere before does not count
   */
  public times(user: UserLocation, ip: string, region: string): Times | undefined {
    const all = (this.pairs.get(keyOf(user, ip)) ?? []).filter(
      (one) => one.region === undefined || one.region === region,
    );
    if (all.length === 0) return undefined;
    const answered = all.filter((one) => one.totalMs !== undefined);
    const middle = (of: "connectMs" | "firstByteMs" | "totalMs"): number => median(answered.map((one) => one[of] ?? 0));
    return {
      connectMs: middle("connectMs"),
      firstByteMs: middle("firstByteMs"),
      totalMs: middle("totalMs"),
      answered: answered.length,
      failed: all.length - answered.length,
      at: all.at(-1)?.at ?? 0,
    };
  }

  /** Users that have used any of these addresses. */
  public usersOf(ips: readonly string[], users: readonly UserLocation[]): UserLocation[] {
    return users.filter((user) => ips.some((ip) => this.pairs.has(keyOf(user, ip))));
  }

  /** Adds a listener for new traffic. Returns a function that removes it. */
  public on(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

const keyOf = (user: UserLocation, ip: string): string => `${user} ${ip}`;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low = 0, high = low] =
    sorted.length % 2 === 0 ? sorted.slice(half - 1, half + 1) : sorted.slice(half, half + 1);
  return (low + high) / 2;
}

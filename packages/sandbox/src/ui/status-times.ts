/** A status and since when it is so. */
export interface StatusStep {
  readonly status: string;
  /** Milliseconds since the epoch; left out when it began before the first observation. */
  readonly at?: number;
}

/** Most steps kept of one object; a status that goes back and forth fills no memory. */
const STEPS = 6;

/** Remembers when each object's status changed: the cloud does not announce statuses that only pass with time. */
export class StatusTimes {
  private steps = new Map<string, readonly StatusStep[]>();
  private first = true;

  /**
   * Looks at all objects at once; what is not named any more is forgotten.
   * @param at milliseconds since the epoch
   * @returns the steps of each object, oldest first
   */
  public look(
    statuses: Iterable<readonly [key: string, status: string]>,
    at: number,
  ): (key: string) => readonly StatusStep[] {
    const seen = new Map<string, readonly StatusStep[]>();
    for (const [key, status] of statuses) {
      const before = this.steps.get(key) ?? [];
      const step = this.first ? { status } : { status, at };
      seen.set(key, before.at(-1)?.status === status ? before : [...before, step].slice(-STEPS));
    }
    this.steps = seen;
    this.first = false;
    return (key) => seen.get(key) ?? [];
  }
}

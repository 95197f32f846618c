import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often it is looked, in milliseconds. */
const RESOLUTION_MS = 10;

/** Watches how late this process is to look at what has happened: times it takes are too long by as much. */
export class Lateness {
  /** @param elsewhere how late the process was that measures, when it is another one */
  public constructor(private readonly elsewhere?: () => number) {}

  private readonly histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  public start(): void {
    this.histogram.enable();
  }

  public stop(): void {
    this.histogram.disable();
  }

  /** 95th percentile so far, in milliseconds. */
  public get ms(): number {
    if (this.elsewhere !== undefined) return this.elsewhere();
    // Node counts the time between two looks, of which the first part is as it should be.
    return this.histogram.count === 0 ? 0 : Math.max(0, this.histogram.percentile(95) / 1e6 - RESOLUTION_MS);
  }

  /** The same as reports have it. */
  public get roundedMs(): number {
    return Math.round(this.ms * 10) / 10;
  }
}

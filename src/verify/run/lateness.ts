import { monitorEventLoopDelay } from "node:perf_hooks";

/** Interval of the samples, in milliseconds. */
const RESOLUTION_MS = 10;

/** Measures this process's event loop delay: its timings are too long by that much. */
export class Lateness {
  /** @param elsewhere the delay of the measuring process, when it is another one */
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
    // Node measures the time between two samples, which includes the interval itself.
    return this.histogram.count === 0 ? 0 : Math.max(0, this.histogram.percentile(95) / 1e6 - RESOLUTION_MS);
  }

  /** The same, rounded for reports. */
  public get roundedMs(): number {
    return Math.round(this.ms * 10) / 10;
  }
}

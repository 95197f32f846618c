import { AnycastError, messageOf } from "../core/errors";
import { TIMINGS } from "../core/verify-report";
import type { TimingSummary, VerifyFailure, VerifySample, VerifySide } from "../core/verify-report";
import type { Endpoint } from "./endpoint";
import { summarize } from "./statistics";

/** After so many failures in a row, without any answer before, a side is given up: it is not there. */
const HOPELESS = 3;

/** Collects what was measured at one of the two addresses. */
export class Side {
  private readonly samples: VerifySample[] = [];
  private readonly failures = new Map<string, VerifyFailure>();
  private failed = 0;

  public constructor(
    private readonly endpoint: Endpoint,
    private readonly measureOnce: () => Promise<VerifySample>,
  ) {}

  /** Nothing ever answered, often enough to stop asking. */
  public get hopeless(): boolean {
    return this.samples.length === 0 && this.failed >= HOPELESS;
  }

  /** Most requests failed: what is left would not be a fair comparison. */
  public get reachable(): boolean {
    return this.samples.length > this.failed;
  }

  public get succeeded(): number {
    return this.samples.length;
  }

  /** One request that counts. */
  public async sample(): Promise<void> {
    try {
      this.samples.push(await this.measureOnce());
    } catch (thrown) {
      if (thrown instanceof AnycastError && thrown.code === "Aborted") throw thrown;
      this.failed++;
      const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
      const known = this.failures.get(code);
      this.failures.set(code, { code, message: known?.message ?? messageOf(thrown), count: (known?.count ?? 0) + 1 });
    }
  }

  /** One request that does not count. @returns what went wrong, if anything did */
  public async tryOut(): Promise<AnycastError | undefined> {
    try {
      await this.measureOnce();
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof AnycastError)) throw thrown;
      if (thrown.code === "Aborted") throw thrown;
      return thrown;
    }
  }

  public report(): VerifySide {
    const timings: VerifySide["timings"] = Object.fromEntries(
      TIMINGS.flatMap((timing): [string, TimingSummary][] => {
        const summary = summarize(this.samples.flatMap((one) => one[timing] ?? []));
        return summary === undefined ? [] : [[timing, summary]];
      }),
    );
    return {
      url: this.endpoint.url,
      ...(this.endpoint.connectTo === undefined ? {} : { connect_to: this.endpoint.connectTo }),
      succeeded: this.samples.length,
      failed: this.failed,
      failures: [...this.failures.values()].sort((a, b) => b.count - a.count),
      timings,
      samples: this.samples,
    };
  }
}

import { randomUUID } from "node:crypto";
import type { Body, Cloud, Product } from "../../cloud/contract";
import { CloudError, LostResponseError } from "../../cloud/contract";
import { hasCode, operationFailed } from "./errors";
import type { Pace } from "./pace";
import { pauseFor } from "./pace";
import type { Request } from "./params";
import { flatten } from "./params";

export interface CallOptions {
  /** Codes after which the call is sent again. @default none but the passing ones */
  readonly retry?: readonly string[];
  /** Time limit in milliseconds of the real cloud. @default 5 minutes */
  readonly limit?: number;
}

/** Pauses before a call is sent again, in milliseconds of the real cloud: first, then each. */
const RESEND = { first: 3_000, then: 5_000 };
/** Pauses between two looks at a status: first, doubling up to the longest. */
const LOOK = { first: 3_000, longest: 10_000 };
const FIVE_MINUTES = 300_000;
/** Calls that the real provider sends without RegionId. */
const NO_REGION: ReadonlySet<string> = new Set([
  "DescribeInstanceTypes",
  "ListAnycastEipAddresses",
  "ListResourceGroups",
  "GetResourceGroup",
  "SetLoadBalancerStatus",
]);

/** The provider's way to the cloud: retries, waits, and the file name that errors show. */
export class Api {
  public constructor(
    private readonly cloud: Cloud,
    public readonly region: string,
    private readonly pace: Pace,
    private readonly signal: AbortSignal,
    /** Whether the configuration set the limits that are passed in. */
    private readonly explicit = false,
  ) {}

  /** Sends one call, again where the real provider would. The client token stays the same. @throws CloudError */
  public async call(product: Product, action: string, request: Request, options: CallOptions = {}): Promise<Body> {
    const params = flatten(NO_REGION.has(action) ? request : { RegionId: this.region, ...request });
    const until = Date.now() + this.pace.limit(options.limit ?? FIVE_MINUTES, this.explicit);
    for (let pause = RESEND.first; ; pause = RESEND.then) {
      try {
        return await this.cloud.call(product, action, params, { region: this.region });
      } catch (thrown) {
        const again = isPassing(thrown) || hasCode(thrown, options.retry ?? []);
        if (!again || Date.now() >= until) throw thrown;
        await pauseFor(this.pace.pause(pause), this.signal);
      }
    }
  }

  /**
   * Looks until `done` answers yes.
   * @param what named in the error when the limit passes
   * @throws ProviderError when the limit passes
   */
  public async wait(what: string, limit: number, done: () => Promise<boolean>): Promise<void> {
    const until = Date.now() + this.pace.limit(limit, this.explicit);
    for (let pause = LOOK.first; !(await done()); pause = Math.min(LOOK.longest, pause * 2)) {
      if (Date.now() >= until) {
        throw operationFailed(
          "common",
          what,
          "WaitForState",
          new Error(`timeout while waiting for ${what} (limit ${limit / 1000} s of the real cloud)`),
        );
      }
      await pauseFor(this.pace.pause(pause), this.signal);
    }
  }
}

/** Errors after which the real provider always tries again. */
function isPassing(thrown: unknown): boolean {
  if (thrown instanceof LostResponseError) return true;
  if (!(thrown instanceof CloudError)) return false;
  return thrown.httpStatus >= 500 || thrown.code === "ServiceUnavailable" || thrown.code.includes("Throttling");
}

/** A token that makes a resent call harmless. */
export function clientToken(action: string): string {
  return `TF-${action}-${Math.floor(Date.now() / 1000)}-${randomUUID()}`.slice(0, 64);
}

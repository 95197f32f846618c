import { randomUUID } from "node:crypto";
import type { Body, Cloud, Params, Product } from "../../cloud/contract";
import type { Way } from "./calls";
import { hasCode, isNotFound, isRefused, isServiceFailure, operationFailed } from "./errors";
import type { Pace } from "./pace";
import { pauseFor } from "./pace";
import type { Request } from "./params";
import { flatten } from "./params";

export interface CallOptions {
  /** Time limit in milliseconds of the real cloud. @default 5 minutes */
  readonly limit?: number;
}

/** Pauses before a call is sent again, in milliseconds of the real cloud: first, then each. */
const RESEND = { first: 3_000, then: 5_000 };
/** How often the client itself sends a call again, without a pause. */
const RESENDS = 3;
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

  /**
   * Sends one call, and again where the real provider would. The client token stays the same.
   * @param way how the real provider sends it
   * @throws CloudError, LostResponseError
   */
  public async call(
    product: Product,
    action: string,
    request: Request,
    way: Way,
    options: CallOptions = {},
  ): Promise<Body> {
    const params = flatten(NO_REGION.has(action) ? request : { RegionId: this.region, ...request });
    const until = Date.now() + this.pace.limit(options.limit ?? FIVE_MINUTES, this.explicit);
    for (let pause = RESEND.first; ; pause = RESEND.then) {
      try {
        return await this.send(product, action, params, way);
      } catch (thrown) {
        if (!isRetried(thrown, way) || Date.now() >= until) throw thrown;
        await pauseFor(this.pace.pause(pause), this.signal);
      }
    }
  }

  /** One call as the client sends it: again at once, if it does that, after an error of the service. */
  private async send(product: Product, action: string, params: Params, way: Way): Promise<Body> {
    for (let left = way.resends ? RESENDS : 0; ; left -= 1) {
      try {
        return await this.cloud.call(product, action, params, { region: this.region });
      } catch (thrown) {
        if (left <= 0 || !isServiceFailure(thrown)) throw thrown;
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
          { file: "common", id: what, action: "WaitForState" },
          new Error(`timeout while waiting for ${what} (limit ${limit / 1000} s of the real cloud)`),
        );
      }
      await pauseFor(this.pace.pause(pause), this.signal);
    }
  }
}

/** Whether the loop around a call continues. */
function isRetried(thrown: unknown, way: Way): boolean {
  if (way.codes === "any") return !isNotFound(thrown, way, ["InvalidSecurityGroupId.NotFound"]);
  return (way.loops && isPassing(thrown, way)) || hasCode(thrown, way, way.codes);
}

/** Errors that the provider's loops take for passing. The older client does not see that of an error of the service. */
function isPassing(thrown: unknown, way: Way): boolean {
  if (isRefused(thrown) && (thrown.code === "ServiceUnavailable" || thrown.code.includes("Throttling"))) return true;
  if (isRefused(thrown)) return way.client === "tea" && thrown.httpStatus >= 500;
  // A lost answer shows by the text of the request, and only for a POST.
  return way.client !== "common" && isServiceFailure(thrown);
}

/** A token that makes a resent call harmless. */
export function clientToken(action: string): string {
  return `TF-${action}-${Math.floor(Date.now() / 1000)}-${randomUUID()}`.slice(0, 64);
}

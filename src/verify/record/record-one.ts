import type { VerifyAttempt } from "../../core/verify-report";
import { endpointShown } from "../endpoint-shown";
import type { Endpoint } from "../measure";
import { Lateness } from "../run/lateness";
import { probeOf } from "../run/probe";
import { measurePairs } from "../run/measure-pairs";
import { complete } from "../run/options";
import { warmUp } from "../run/warm-up";
import type { VerifyOptions } from "../run/options";
import { scheduleOf } from "../run/schedule";
import type { MeasurementRecord } from "./record";

/**
 * Measures one address alone, to be compared with what a later record says of it.
 * @throws AnycastError `OptionInvalid`
 */
export async function recordAddress(
  endpoint: Endpoint,
  options: Omit<VerifyOptions, "plain" | "accelerated">,
): Promise<MeasurementRecord> {
  const both = { ...options, plain: endpoint, accelerated: endpoint };
  const { settings, durationMs, seed } = complete(both);
  const attempts: VerifyAttempt[] = [];
  const signal = options.signal ?? new AbortController().signal;
  const at = Date.now();
  const probe = probeOf({ ...both, signal });
  await warmUp(probe, ["plain"], settings.warmup, signal);
  const lateness = new Lateness();
  lateness.start();
  await measurePairs({
    probe,
    slots: scheduleOf(settings.samples, durationMs, seed).map((slot) => ({ ...slot, order: ["plain"] })),
    durationMs,
    parallel: settings.parallel,
    vantage: options.vantage ?? "here",
    signal,
    onAttempt: (attempt) => attempts.push(attempt),
    enough: (done) => {
      options.emit?.({ type: "progress", step: "verify", done, total: settings.samples });
      return false;
    },
  });
  lateness.stop();
  const head = {
    format: "anycast-verify-record",
    version: 1,
    at,
    seed,
    settings,
    event_loop_delay_ms: lateness.roundedMs,
    plain: endpointShown(endpoint),
  } as const;
  return { head, attempts };
}

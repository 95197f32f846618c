import type { VerifyAttempt } from "../../core/verify-report";
import { endpointShown } from "../endpoint-shown";
import type { Endpoint } from "../measure";
import { Lateness } from "../run/lateness";
import { openProber } from "../run/probe";
import { measurePairs } from "../run/measure-pairs";
import { complete } from "../run/options";
import type { Completed, VerifyOptions } from "../run/options";
import { warmUp } from "../run/warm-up";
import { scheduleOf } from "../run/schedule";
import type { MeasurementRecord } from "./record";

/**
 * Measures one address alone, for a comparison with a later record.
 * @throws AnycastError `OptionInvalid`, `VantageFailed`
 */
export async function recordAddress(
  endpoint: Endpoint,
  options: Omit<VerifyOptions, "plain" | "accelerated">,
): Promise<MeasurementRecord> {
  const both = { ...options, plain: endpoint, accelerated: endpoint };
  const completed = complete(both);
  const signal = options.signal ?? new AbortController().signal;
  const at = Date.now();
  const parts = await Promise.all(
    (options.places ?? [{}]).map((place) => fromHere({ ...both, ...place, signal }, completed)),
  );
  const head = {
    format: "anycast-verify-record",
    version: 1,
    at,
    seed: completed.seed,
    settings: completed.settings,
    event_loop_delay_ms: Math.max(...parts.map(({ lateMs }) => lateMs)),
    plain: endpointShown(endpoint),
  } as const;
  return { head, attempts: parts.flatMap(({ attempts }) => attempts) };
}

async function fromHere(
  options: VerifyOptions & { readonly signal: AbortSignal },
  { settings, durationMs, seed }: Completed,
): Promise<{ readonly attempts: readonly VerifyAttempt[]; readonly lateMs: number }> {
  const { signal } = options;
  const attempts: VerifyAttempt[] = [];
  const prober = await openProber(options);
  try {
    const { probe, pairs = Infinity, scarce = false } = prober;
    if (!scarce) await warmUp(probe, ["plain"], settings.warmup, signal);
    const lateness = new Lateness(prober.lateMs);
    lateness.start();
    // With one address a pair is one request, and a limit counts two per pair.
    const samples = Math.min(settings.samples, pairs * 2);
    await measurePairs({
      probe,
      slots: scheduleOf(samples, durationMs, seed).map((slot) => ({ ...slot, order: ["plain"] })),
      durationMs,
      parallel: settings.parallel,
      vantage: options.vantage ?? "here",
      signal,
      onAttempt: (attempt) => attempts.push(attempt),
      enough: (done) => {
        options.emit?.({ type: "progress", step: "verify", done, total: samples });
        return false;
      },
    });
    lateness.stop();
    return { attempts, lateMs: lateness.roundedMs };
  } finally {
    prober.close();
  }
}

import { defined } from "../../core/defined";
import type * as Client from "globalping" with { "resolution-mode": "import" };
import { AnycastError, messageOf } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import type { Timing } from "../../core/verify-report";
import type { Endpoint, Measured, MeasureOptions } from "../measure";
import type { VerifyOptions } from "../run/options";
import { unwantedStatus } from "../measure";
import { announcedSize } from "../measure/exchange";
import { plain } from "./session";
import type { RemoteVantage } from "./spec";
import type { RemoteProbe } from "./ssh";

/** The variable with a token of Globalping, which raises its limits. */
export const GLOBALPING_TOKEN = "GLOBALPING_TOKEN";

type Http = Client.MeasurementHttpOptions;

/**
 * Measures with a probe of Globalping. All requests are made by the probe that made the first one. The number of pairs
 * is limited by Globalping's remaining limits, which several places share.
 * @throws AnycastError `VantageFailed`
 */
export async function openGlobalping(
  vantage: RemoteVantage & { kind: "globalping" },
  options: MeasureOptions & Pick<VerifyOptions, "places">,
  env: NodeJS.ProcessEnv,
): Promise<RemoteProbe> {
  // Loaded here: it is needed only for Globalping.
  const { Globalping } = require("globalping") as typeof Client;
  const token = env[GLOBALPING_TOKEN] ?? "";
  const client = new Globalping({
    userAgent: "cdktf-alicloud-anycast-verify",
    ...(token === "" ? {} : { auth: token }),
  });
  const failure = (why: string): AnycastError =>
    new AnycastError(
      "VantageFailed",
      `Nothing can be measured from ${vantage.name}: ${plain(why)}. Fix: name another place, or set ${GLOBALPING_TOKEN} for higher limits.`,
    );
  const called = async <T extends { readonly ok: boolean; readonly data: unknown }>(
    call: () => Promise<T>,
  ): Promise<Extract<T, { ok: true }>["data"]> => {
    const answer = await call().catch((cause: unknown) => {
      throw failure(messageOf(cause));
    });
    if (answer.ok) return answer.data as Extract<T, { ok: true }>["data"];
    const error = isRecord(answer.data) && isRecord(answer.data.error) ? answer.data.error : {};
    throw failure(typeof error.message === "string" ? error.message : "Globalping refused it");
  };

  const { rateLimit, credits } = await called(() => client.getLimits());
  const left = rateLimit.measurements.create.remaining + (credits?.remaining ?? 0);
  const sharers = (options.places ?? []).filter(({ remote }) => remote?.kind === "globalping").length;
  let probe: string | undefined;
  const ask = async (endpoint: Endpoint): Promise<Measured> => {
    const at = Date.now();
    const { id } = await called(() =>
      client.createMeasurement({
        type: "http",
        target: endpoint.host,
        ...(probe === undefined ? { locations: [{ magic: vantage.place }], limit: 1 } : { locations: probe }),
        measurementOptions: httpOptions(endpoint, options),
      }),
    );
    probe ??= id;
    const { results } = await called(() => client.awaitMeasurement(id));
    const result: unknown = results[0]?.result;
    if (!isRecord(result)) throw failure("no probe answered");
    if (result.status === "offline") throw failure("its probe went away");
    return { at, ...readResult(result, endpoint, options) };
  };
  return { ask, lateMs: () => 0, close: () => undefined, pairs: Math.floor(left / 2 / Math.max(1, sharers)) };
}

function httpOptions(endpoint: Endpoint, { method, headers = [], family }: MeasureOptions): Http {
  const [path = "/", query = ""] = endpoint.path.split(/\?(.*)/s);
  return {
    protocol: endpoint.secure ? "HTTPS" : "HTTP",
    port: endpoint.port,
    ...defined({ ipVersion: family }),
    request: {
      method: method ?? "GET",
      host: endpoint.hostHeader,
      path,
      ...(query === "" ? {} : { query }),
      ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    },
  };
}

/** Converts the phases, in milliseconds, to times since the start. */
function readResult(
  result: Record<string, unknown>,
  endpoint: Endpoint,
  options: MeasureOptions,
): Omit<Measured, "at"> {
  const { statusCode, resolvedAddress, headers, truncated, rawBody, rawOutput } = result;
  const us = momentsOf(isRecord(result.timings) ? result.timings : {}, endpoint);
  const ip = typeof resolvedAddress === "string" ? plain(resolvedAddress) : "";
  const common = { us, ...(ip === "" ? {} : { remote: `${ip.includes(":") ? `[${ip}]` : ip}:${endpoint.port}` }) };
  if (result.status !== "finished" || typeof statusCode !== "number" || us.time_total === undefined) {
    const message = plain(typeof rawOutput === "string" && rawOutput.trim() !== "" ? rawOutput : "the request failed");
    return {
      ...common,
      error: { code: /timed? ?out/i.test(message) ? "TimedOut" : "RequestFailed", message: `${message}.` },
    };
  }
  const contentLength = isRecord(headers) ? headers["content-length"] : undefined;
  const length = Number(contentLength);
  // Only the first 10 kB are returned; the size of a longer body comes from its header.
  const bytes =
    options.method === "HEAD"
      ? 0
      : Number.isSafeInteger(length)
        ? length
        : truncated === false
          ? Buffer.byteLength(typeof rawBody === "string" ? rawBody : "")
          : undefined;
  const unwanted = unwantedStatus(statusCode, endpoint, options.expectStatus);
  return {
    ...common,
    status: statusCode,
    ...defined({ bytes, announced: announcedSize(options, contentLength), error: unwanted }),
  };
}

function momentsOf(timings: Record<string, unknown>, endpoint: Endpoint): Partial<Record<Timing, number>> {
  const moments: Partial<Record<Timing, number>> = {};
  let ms = 0;
  for (const [phase, moment] of [
    ["dns", "time_namelookup"],
    ["tcp", "time_connect"],
    ["tls", "time_appconnect"],
    ["firstByte", "time_starttransfer"],
  ] as const) {
    const took = timings[phase];
    if (typeof took !== "number" || took < 0 || (phase === "tls" && !endpoint.secure)) continue;
    ms += took;
    // An address is not looked up, although the probe reports a time for it.
    if (phase !== "dns" || took > 0) moments[moment] = Math.round(ms * 1000);
  }
  if (typeof timings.total === "number" && timings.total >= 0) moments.time_total = Math.round(timings.total * 1000);
  return moments;
}

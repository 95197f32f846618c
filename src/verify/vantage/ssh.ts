import { defined } from "../../core/defined";
import { AnycastError } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { TIMINGS } from "../../core/verify-report";
import type { Endpoint, Measured, MeasureOptions } from "../measure";
import { givenFor, unwantedStatus } from "../measure";
import { curlConfig, readCurl } from "../measure/curl";
import { announcedSize } from "../measure/exchange";
import type { RemoteRequest } from "./probe-program";
import { plain, Session } from "./session";
import type { RemoteVantage } from "./spec";

/** Makes requests at another place. */
export interface RemoteProbe {
  /** @throws AnycastError `VantageFailed`: it says nothing about the address */
  readonly ask: (endpoint: Endpoint) => Promise<Measured>;
  /** 95th percentile of the event loop delay of the measuring process there, in milliseconds. */
  readonly lateMs: () => number;
  readonly close: () => void;
  /** Most pairs that may be measured. @default no limit */
  readonly pairs?: number;
}

/** Starts the program on a host. @throws AnycastError `VantageFailed` */
export async function openSsh(
  vantage: RemoteVantage & { kind: "ssh" },
  options: MeasureOptions & { readonly engine?: "node" | "curl" },
  env: NodeJS.ProcessEnv,
): Promise<RemoteProbe> {
  const session = new Session(vantage, env, options.engine === "curl");
  try {
    await session.open();
  } catch (thrown) {
    session.close();
    throw thrown;
  }
  const timeoutMs = options.timeoutMs ?? 10_000;
  let late = 0;
  const asked = async (endpoint: Endpoint): Promise<Measured> => {
    const at = Date.now();
    const text = session.engine === "curl" ? curlLine(endpoint, options) : nodeLine(endpoint, options);
    const answer = await session.ask(text, timeoutMs);
    if (session.engine === "curl") return { at, ...readCurlLine(answer, session, endpoint, options) };
    const { lateMs, ...measured } = readNodeLine(answer, session, endpoint, options);
    late = Math.max(late, lateMs);
    return { at, ...measured };
  };
  return { ask: asked, lateMs: () => late, close: () => session.close() };
}

const curlLine = (endpoint: Endpoint, options: MeasureOptions): string =>
  curlConfig(endpoint, options).trimEnd().replace(/\n/g, "\t");

function readCurlLine(
  line: string,
  session: Session,
  endpoint: Endpoint,
  options: MeasureOptions,
): Omit<Measured, "at"> {
  const [code = "", ...written] = line.split("\t");
  // The shell could not run it, or the line is no answer.
  if (!/^\d{1,3}$/.test(code) || Number(code) >= 126) throw session.failure("what it answered is not understood");
  return readCurl({ exitCode: Number(code), stdout: written.map(plain).join("\n") }, endpoint, options);
}

function nodeLine(endpoint: Endpoint, options: MeasureOptions): string {
  const { host, port, secure, path, hostHeader } = endpoint;
  const request: RemoteRequest = {
    ...{ host, port, secure, path, serverName: endpoint.serverName ?? "" },
    method: options.method ?? "GET",
    headers: [
      ["Host", hostHeader],
      ["User-Agent", "cdktf-alicloud-anycast-verify"],
      ["Accept", "*/*"],
      ...(options.headers ?? []),
      ["Connection", "close"],
    ].flat() as string[],
    timeoutMs: options.timeoutMs ?? 10_000,
    family: options.family ?? 0,
    addresses: givenFor(host, port, options) ?? [],
    insecure: options.insecure === true,
  };
  return JSON.stringify(request);
}

function readNodeLine(
  line: string,
  session: Session,
  endpoint: Endpoint,
  { expectStatus, method }: MeasureOptions,
): Omit<Measured, "at"> & { readonly lateMs: number } {
  const said = parsed(line);
  const { us, error, remote, status, bytes, late, length } = said;
  const whole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  const moments = isRecord(us) ? TIMINGS.flatMap((name) => (whole(us[name]) ? [[name, us[name]] as const] : [])) : [];
  const common = {
    us: Object.fromEntries(moments),
    ...(typeof remote === "string" ? { remote: plain(remote) } : {}),
    lateMs: typeof late === "number" && late >= 0 ? late : 0,
  };
  if (isRecord(error) && typeof error.code === "string" && /^[A-Z][A-Za-z]{1,40}$/.test(error.code))
    return { ...common, error: { code: error.code, message: `${plain(String(error.message))}.` } };
  if (!whole(status) || status < 100 || !whole(bytes)) throw session.failure("what it answered is not understood");
  const unwanted = unwantedStatus(status, endpoint, expectStatus);
  const announced = announcedSize(defined({ method }), length);
  return { ...common, status, bytes, ...defined({ announced, error: unwanted }) };
}

function parsed(line: string): Record<string, unknown> {
  try {
    const value = JSON.parse(line) as unknown;
    if (isRecord(value)) return value;
  } catch {
    // Reported below, by what is missing.
  }
  return {};
}

export const isVantageFailure = (thrown: unknown): thrown is AnycastError =>
  thrown instanceof AnycastError && thrown.code === "VantageFailed";

import { AnycastError } from "../../core/errors";
import { run } from "../../core/process";
import type { Timing } from "../../core/verify-report";
import type { Measured, MeasureOptions } from "./attempt";
import { unwantedStatus } from "./attempt";
import type { Endpoint } from "./endpoint";

/** What curl is asked to write: its own timings, and what identifies the answer. */
const FIELDS = [
  "time_namelookup",
  "time_connect",
  "time_appconnect",
  "time_starttransfer",
  "time_total",
  "http_code",
  "size_download",
  "remote_ip",
  "remote_port",
] as const;

/** curl's exit codes (`man curl`), as the failures that our own client names. */
const CODES: Readonly<Record<number, string>> = {
  5: "ProxyFailed",
  6: "NameNotResolved",
  7: "ConnectionRefused",
  18: "AnswerCutShort",
  28: "TimedOut",
  35: "TlsFailed",
  51: "TlsFailed",
  52: "AnswerCutShort",
  56: "ConnectionBroken",
  60: "TlsFailed",
  97: "ProxyFailed",
};

/**
 * Makes one request with curl itself. Its clock stops at a SOCKS proxy, so through one `time_connect` is the way to
 * the proxy.
 * @throws AnycastError `Aborted`, `ProgramNotFound`
 */
export async function measureWithCurl(endpoint: Endpoint, options: MeasureOptions = {}): Promise<Measured> {
  const at = Date.now();
  const ended = await run("curl", ["--disable", "--config", "-"], {
    input: curlConfig(endpoint, options),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (options.signal?.aborted) throw new AnycastError("Aborted", "The measurement was stopped.");
  const values = Object.fromEntries(
    FIELDS.map((name, i) => [name, ended.stdout.toString("utf8").split("\n")[i] ?? ""]),
  );
  const us = Object.fromEntries(
    FIELDS.slice(0, 5).flatMap((name): [Timing, number][] => {
      const value = Math.round(Number(values[name]) * 1e6);
      return value > 0 ? [[name as Timing, value]] : [];
    }),
  );
  // An address is not looked up; curl says how long it took to see that.
  if (!needsLookup(endpoint, options)) delete us.time_namelookup;
  const { remote_ip: ip = "", remote_port: port = "" } = values;
  const common = { at, us, ...(ip === "" ? {} : { remote: `${ip.includes(":") ? `[${ip}]` : ip}:${port}` }) };
  if (ended.exitCode !== 0) {
    const said = ended.stderr
      .toString("utf8")
      .replace(/^curl: \(\d+\) /, "")
      .trim();
    return {
      ...common,
      error: { code: CODES[ended.exitCode ?? -1] ?? "CurlFailed", message: `${said || "curl failed"}.` },
    };
  }
  const status = Number(values.http_code);
  const error = unwantedStatus(status, endpoint, options.expectStatus);
  return { ...common, status, bytes: Number(values.size_download), ...(error === undefined ? {} : { error }) };
}

function needsLookup({ host, port }: Endpoint, { proxy, resolved = [] }: MeasureOptions): boolean {
  const given = resolved.some((one) => one.host === host.toLowerCase() && one.port === port);
  return proxy === undefined && !given && /[a-z]/i.test(host) && !host.includes(":");
}

/** curl's options as a config file, which others on this machine do not see, as they see a command line. */
export function curlConfig(endpoint: Endpoint, options: MeasureOptions): string {
  const { proxy, family } = options;
  const name = endpoint.hostHeader.replace(/:\d+$/, "");
  const port = endpoint.secure ? 443 : 80;
  // The URL carries the name for TLS; the connection goes where the endpoint says.
  const url = `${endpoint.secure ? "https" : "http"}://${name}:${port}${endpoint.path}`;
  const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
  const user =
    proxy?.userName === undefined
      ? ""
      : `${encodeURIComponent(proxy.userName)}:${encodeURIComponent(proxy.password ?? "")}@`;
  const lines: (readonly [string, string?])[] = [
    ["url", url],
    ["connect-to", `${name}:${port}:${host}:${endpoint.port}`],
    ["silent"],
    ["show-error"],
    ["http1.1"],
    ["output", "/dev/null"],
    ["write-out", FIELDS.map((field) => `%{${field}}`).join("\n")],
    ["max-time", String((options.timeoutMs ?? 10_000) / 1000)],
    ["header", `Host: ${endpoint.hostHeader}`],
    ...(options.headers ?? []).map(([key, value]) => ["header", `${key}: ${value}`] as const),
    ["user-agent", "cdktf-alicloud-anycast-verify"],
    ...(options.method === "HEAD" ? [["head"] as const] : []),
    ...(family === undefined ? [] : [[`ipv${family}`] as const]),
    ...(options.resolved ?? []).map(
      (one) => ["resolve", `${one.host}:${one.port}:${one.addresses.join(",")}`] as const,
    ),
    ...(options.insecure === true ? [["insecure"] as const] : []),
    ...(options.caFile === undefined ? [] : [["cacert", options.caFile] as const]),
    proxy === undefined
      ? ["noproxy", "*"]
      : ["proxy", `socks5h://${user}${proxy.host.includes(":") ? `[${proxy.host}]` : proxy.host}:${proxy.port}`],
  ];
  return `${lines.map(([key, value]) => (value === undefined ? key : `${key} = "${quoted(value)}"`)).join("\n")}\n`;
}

const quoted = (text: string): string => text.replace(/[\\"\n]/g, (found) => (found === "\n" ? "\\n" : `\\${found}`));

import { defined } from "../../core/defined";
import { AnycastError } from "../../core/errors";
import { run } from "../../core/process";
import type { Timing } from "../../core/verify-report";
import type { Measured, MeasureOptions } from "./attempt";
import { unwantedStatus } from "./attempt";
import type { Endpoint } from "./endpoint";
import { announcedSize } from "./exchange";

/** The fields that curl writes: its timings, and properties of the answer. */
const FIELDS = [
  "time_namelookup",
  "time_connect",
  "time_appconnect",
  "time_starttransfer",
  "time_total",
  "time_pretransfer",
  "http_code",
  "size_download",
  "header{content-length}",
  "remote_ip",
  "remote_port",
  "errormsg",
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
 * Makes one request with curl itself. With a SOCKS proxy, its `time_connect` ends at the proxy; the connection behind the
 * proxy is ready at its `time_pretransfer`, without TLS.
 * @throws AnycastError `Aborted`, `ProgramNotFound`
 */
export async function measureWithCurl(endpoint: Endpoint, options: MeasureOptions = {}): Promise<Measured> {
  const at = Date.now();
  const ended = await run("curl", ["--disable", "--config", "-"], {
    input: curlConfig(endpoint, options),
    ...defined({ signal: options.signal }),
  });
  if (options.signal?.aborted) throw new AnycastError("Aborted", "The measurement was stopped.");
  const told = { exitCode: ended.exitCode ?? -1, stdout: ended.stdout.toString("utf8") };
  return { at, ...readCurl(told, endpoint, options) };
}

/** The result of curl's request, from its exit code and the fields that it wrote. */
export function readCurl(
  { exitCode, stdout }: { readonly exitCode: number; readonly stdout: string },
  endpoint: Endpoint,
  options: MeasureOptions,
): Omit<Measured, "at"> {
  const written = stdout.split("\n");
  const values = Object.fromEntries(FIELDS.map((name, i) => [name, written[i] ?? ""]));
  const us: Partial<Record<Timing, number>> = Object.fromEntries(
    FIELDS.slice(0, 5).flatMap((name): [Timing, number][] => {
      const value = Math.round(Number(values[name]) * 1e6);
      return value > 0 ? [[name as Timing, value]] : [];
    }),
  );
  // An address is not looked up, although curl reports a time for it.
  if (!needsLookup(endpoint, options)) delete us.time_namelookup;
  if (options.proxy !== undefined) {
    delete us.time_connect;
    const opened = Math.round(Number(values.time_pretransfer) * 1e6);
    if (!endpoint.secure && opened > 0) us.time_connect = opened;
  }
  const { remote_ip: ip = "", remote_port: port = "" } = values;
  // The address that curl names is the proxy's, where there is one.
  const remote = ip === "" || options.proxy !== undefined ? undefined : `${ip.includes(":") ? `[${ip}]` : ip}:${port}`;
  const common = { us, ...defined({ remote }) };
  if (exitCode !== 0) {
    const said = (values.errormsg ?? "").trim().replace(/\.$/, "");
    return { ...common, error: { code: CODES[exitCode] ?? "CurlFailed", message: `${said || "curl failed"}.` } };
  }
  const status = Number(values.http_code);
  // Nothing is concluded from an exit code alone.
  if (!(status >= 100)) return { ...common, error: { code: "CurlFailed", message: "curl reported no status." } };
  const error = unwantedStatus(status, endpoint, options.expectStatus);
  const announced = announcedSize(options, values["header{content-length}"]);
  return { ...common, status, bytes: Number(values.size_download), ...defined({ announced, error }) };
}

function needsLookup({ host, port }: Endpoint, { proxy, resolved = [] }: MeasureOptions): boolean {
  const given = resolved.some((one) => one.host === host.toLowerCase() && one.port === port);
  return proxy === undefined && !given && /[a-z]/i.test(host) && !host.includes(":");
}

/** curl's options as a config file: other users of this machine can read a command line. */
export function curlConfig(endpoint: Endpoint, options: MeasureOptions): string {
  const { proxy, family } = options;
  const name = endpoint.hostHeader.replace(/:\d+$/, "");
  const port = endpoint.secure ? 443 : 80;
  // The URL has the name for TLS; the endpoint says where to connect.
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
    ["http1.1"],
    ["output", "/dev/null"],
    ["write-out", FIELDS.map(variable).join("\n")],
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

/** A header of the answer has another syntax. curl before 7.84 does not support it; the size is then unknown. */
const variable = (field: string): string => (field.startsWith("header{") ? `%${field}` : `%{${field}}`);

/** Newlines and tabs escaped for curl's config file, which has one option per line. */
const quoted = (text: string): string =>
  text.replace(/[\\"\n\t]/g, (found) => (found === "\n" ? "\\n" : found === "\t" ? "\\t" : `\\${found}`));

import { isIP } from "node:net";
import { expectationError } from "../../core/errors";

/** Where the requests of one side go, derived from its URL. */
export interface Endpoint {
  /** The URL as it is reported: without its query, which may hold a secret. */
  readonly url: string;
  readonly secure: boolean;
  /** Where to connect: name or address (IPv6 without brackets), and port. */
  readonly host: string;
  readonly port: number;
  /** `host:port` when it differs from the URL's own. */
  readonly connectTo?: string;
  /** Value of the Host header. */
  readonly hostHeader: string;
  /** Name in the TLS handshake; an address has none. */
  readonly serverName?: string;
  /** Path and query. */
  readonly path: string;
}

export interface EndpointOptions {
  /** `host:port` to connect to instead, the URL's name staying in Host header and TLS. @default the URL's own */
  readonly connectTo?: string;
  /** Host header; also the name in the TLS handshake. @default the URL's host */
  readonly hostHeader?: string;
}

/** @throws AnycastError `UrlNotUsable`, `ConnectToNotUsable`, `HostHeaderNotUsable` */
export function endpointOf(text: string, at: string, options: EndpointOptions = {}): Endpoint {
  const url = parseUrl(text, at);
  const own = { host: bare(url.hostname), port: Number(url.port || (url.protocol === "https:" ? 443 : 80)) };
  const to = options.connectTo === undefined ? own : parseHostPort(options.connectTo);
  const hostHeader = options.hostHeader ?? url.host;
  if (!/^[A-Za-z0-9._~:[\]-]+$/.test(hostHeader)) {
    throw expectationError("HostHeaderNotUsable", {
      what: "the Host header",
      rule: "a host name or address, with a port if need be",
      got: hostHeader,
      fix: "give for example `www.example.com`.",
    });
  }
  const name = bare(hostHeader.replace(/:\d+$/, ""));
  return {
    url: `${url.protocol}//${url.host}${url.pathname}${url.search === "" ? "" : "?…"}`,
    secure: url.protocol === "https:",
    ...to,
    ...(to.host === own.host && to.port === own.port ? {} : { connectTo: `${bracketed(to.host)}:${to.port}` }),
    hostHeader,
    ...(isIP(name) === 0 ? { serverName: name } : {}),
    path: `${url.pathname}${url.search}`,
  };
}

function parseUrl(text: string, at: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable = url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== "" && url.port !== "0";
  if (usable && url.username === "" && url.password === "") return url;
  throw expectationError("UrlNotUsable", {
    what: "the address to measure",
    rule: "an http or https URL without a password",
    // A password must not be shown.
    got: usable ? `${url.protocol}//…@${url.host}` : text,
    at,
    fix: "give for example `http://203.0.113.7/` or `https://[2001:db8::7]:8443/health`.",
  });
}

/** @throws AnycastError `ConnectToNotUsable` */
export function parseHostPort(text: string): { host: string; port: number } {
  const [, host = "", port = ""] = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(text) ?? [];
  if (host !== "" && Number(port) >= 1 && Number(port) <= 65535 && (!host.startsWith("[") || isIP(bare(host)) === 6))
    return { host: bare(host), port: Number(port) };
  throw expectationError("ConnectToNotUsable", {
    what: "the place to connect to",
    rule: "HOST:PORT",
    got: text,
    fix: "give for example `203.0.113.7:80` or `[2001:db8::7]:443`.",
  });
}

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, "$1");
const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

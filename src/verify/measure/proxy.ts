import { expectationError } from "../../core/errors";

/** A SOCKS 5 proxy. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  readonly userName?: string;
  readonly password?: string;
}

/** Reads `socks5://[user[:password]@]host:port` (also `socks5h://`). @throws AnycastError `ProxyNotUsable` */
export function parseProxy(text: string, at: string): Proxy {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const field = (value: string): string => decodeURIComponent(value);
  try {
    if (url !== undefined && /^socks5h?:$/.test(url.protocol) && url.hostname !== "" && url.port !== "0") {
      const proxy = { host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(url.port || 1080) };
      const userName = field(url.username);
      const password = field(url.password);
      if (Buffer.byteLength(userName) <= 255 && Buffer.byteLength(password) <= 255)
        return userName === "" ? proxy : { ...proxy, userName, password };
    }
  } catch {
    // A malformed %-sequence is reported below.
  }
  throw expectationError("ProxyNotUsable", {
    what: "the proxy",
    rule: "a URL like socks5://127.0.0.1:1080",
    // Only the name of an environment variable is shown, never its value.
    got: at.startsWith("--") ? text.replace(/\/\/[^/]*@/, "//…@") : "another value",
    at,
    fix: "name a SOCKS 5 proxy, or none for direct connections.",
  });
}

/** How a proxy is shown: without its password. */
export function showProxy(proxy: Proxy): string {
  const host = proxy.host.includes(":") ? `[${proxy.host}]` : proxy.host;
  return `socks5://${proxy.userName === undefined ? "" : `${encodeURIComponent(proxy.userName)}@`}${host}:${proxy.port}`;
}

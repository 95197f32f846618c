import { isIP } from "node:net";
import type { Socket } from "node:net";
import type * as Socks from "socks";
import { AnycastError, messageOf } from "../../core/errors";
import type { Endpoint } from "./endpoint";
import { connectAny } from "./connect";
import type { Proxy } from "./proxy";
import { addressesOf } from "./resolve";

/** The library's messages for replies of a SOCKS 5 proxy, as failures of the target. */
const REPLIES: readonly (readonly [said: RegExp, code: string, message: string])[] = [
  [
    /NotAllowed/,
    "ProxyRefused",
    "the proxy does not lead there (the sandbox's internet knows only addresses of the sandbox)",
  ],
  [/NetworkUnreachable/, "NetworkUnreachable", "the network is unreachable"],
  [/HostUnreachable/, "HostUnreachable", "the host is unreachable"],
  [/ConnectionRefused/, "ConnectionRefused", "the connection was refused"],
  [/TTLExpired/, "ConnectionTimedOut", "the connection timed out"],
];

/**
 * A connection to the endpoint by way of a SOCKS 5 proxy, which looks its name up.
 * @throws AnycastError `ProxyFailed`, `ProxyRefused`, `HostUnreachable`, `ConnectionRefused`, …
 */
export async function connectThrough(
  proxy: Proxy,
  endpoint: Endpoint,
  timeoutMs: number,
  keep: (socket: Socket) => void,
): Promise<Socket> {
  const { host, port } = endpoint;
  const failed = (why: string, cause: unknown): AnycastError =>
    new AnycastError("ProxyFailed", `The proxy cannot be used: ${why.replace(/\.$/, "")}.`, { cause });
  const socket = await connectAny(await addressesOf(proxy.host, proxy.port), proxy.port, keep).catch(
    (cause: unknown) => {
      throw failed(messageOf(cause), cause);
    },
  );
  // Loaded here: direct connections do not need it.
  const { SocksClient } = require("socks") as typeof Socks;
  try {
    const made = await SocksClient.createConnection({
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: 5,
        ...(proxy.userName === undefined ? {} : { userId: proxy.userName, password: proxy.password ?? "" }),
      },
      command: "connect",
      destination: { host, port },
      existing_socket: socket,
      timeout: timeoutMs,
    });
    return made.socket;
  } catch (cause) {
    const why = messageOf(cause);
    const [, code, said] = REPLIES.find(([words]) => words.test(why)) ?? [];
    if (code === undefined) throw failed(why, cause);
    throw new AnycastError(
      code,
      `Could not connect to ${isIP(host) === 6 ? `[${host}]` : host} port ${port}: ${said}.`,
      {
        cause,
      },
    );
  }
}

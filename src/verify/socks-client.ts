import { isIP } from "node:net";
import type { Socket } from "node:net";
import { AnycastError } from "../core/errors";
import type { Proxy } from "./proxy";

/** What a SOCKS 5 proxy answers to a request (RFC 1928), as failures of the target. */
const REPLIES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  1: ["ProxyFailed", "the proxy failed"],
  2: ["ProxyRefused", "the proxy does not lead there (the sandbox's internet knows only addresses of the sandbox)"],
  3: ["NetworkUnreachable", "the network is unreachable"],
  4: ["HostUnreachable", "the host is unreachable"],
  5: ["ConnectionRefused", "the connection was refused"],
  6: ["ConnectionTimedOut", "the connection timed out"],
  7: ["ProxyFailed", "the proxy cannot connect"],
  8: ["ProxyFailed", "the proxy does not know this kind of address"],
};

/**
 * Asks a proxy, to which `socket` is connected, for a connection to `host:port`. Afterwards the socket is that
 * connection, paused.
 * @throws AnycastError `ProxyFailed`, `ProxyRefused`, `HostUnreachable`, `ConnectionRefused`, …
 */
export async function socksConnect(socket: Socket, proxy: Proxy, host: string, port: number): Promise<void> {
  const named = proxy.userName !== undefined;
  socket.write(Buffer.from(named ? [5, 2, 0, 2] : [5, 1, 0]));
  const [, method] = await read(socket, 2);
  if (method === 2 && named) await authenticate(socket, proxy);
  else if (method !== 0) throw new AnycastError("ProxyFailed", "The proxy asks for another kind of authentication.");
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), addressBytes(host), Buffer.from([port >> 8, port & 0xff])]));
  const [version, reply = 1, , type] = await read(socket, 4);
  if (version !== 5) throw new AnycastError("ProxyFailed", "The proxy does not speak SOCKS 5.");
  if (reply !== 0) {
    const [code, message] = REPLIES[reply] ?? ["ProxyFailed", `the proxy answered ${reply}`];
    throw new AnycastError(code, `Could not connect to ${host} port ${port}: ${message}.`);
  }
  const [nameLength = 0] = type === 3 ? await read(socket, 1) : [];
  await read(socket, (type === 1 ? 4 : type === 4 ? 16 : nameLength) + 2);
}

async function authenticate(socket: Socket, proxy: Proxy): Promise<void> {
  const [name, password] = [Buffer.from(proxy.userName ?? ""), Buffer.from(proxy.password ?? "")];
  socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([password.length]), password]));
  const [, status] = await read(socket, 2);
  if (status !== 0) throw new AnycastError("ProxyFailed", "The proxy does not accept the user name or password.");
}

function addressBytes(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split(".").map(Number)]);
  if (isIP(host) === 6) return Buffer.concat([Buffer.from([4]), ipv6Bytes(host)]);
  const name = Buffer.from(host);
  if (name.length > 255) throw new AnycastError("NameNotResolved", `The name ${host.slice(0, 40)}… is too long.`);
  return Buffer.concat([Buffer.from([3, name.length]), name]);
}

/** The 16 bytes of an IPv6 address; the URL parser has made its text canonical (no dots, one `::`). */
function ipv6Bytes(host: string): Buffer {
  const [head = "", tail] = new URL(`http://[${host}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

/** Exactly `count` bytes; what comes after them stays in the socket. */
function read(socket: Socket, count: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const attempt = (): void => {
      const bytes = socket.read(count) as Buffer | null;
      if (bytes !== null && bytes.length === count) settle(() => resolve(bytes));
      else if (bytes !== null) ended();
    };
    const ended = (): void => settle(() => reject(new AnycastError("ProxyFailed", "The proxy hung up.")));
    const failed = (cause: Error): void =>
      settle(() => reject(new AnycastError("ProxyFailed", `The proxy broke off: ${cause.message}.`, { cause })));
    const settle = (then: () => void): void => {
      socket.off("readable", attempt).off("end", ended).off("close", ended).off("error", failed);
      then();
    };
    socket.on("readable", attempt).on("end", ended).on("close", ended).on("error", failed);
    attempt();
  });
}

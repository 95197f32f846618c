/** The client's half of SOCKS 5 (RFC 1928) and its user name sub-negotiation (RFC 1929), read from bytes. */

export const SOCKS_VERSION = 5;

export const Method = { none: 0x00, userName: 0x02, noneAcceptable: 0xff } as const;

export const Reply = {
  succeeded: 0x00,
  generalFailure: 0x01,
  notAllowed: 0x02,
  hostUnreachable: 0x04,
  connectionRefused: 0x05,
  commandNotSupported: 0x07,
  addressTypeNotSupported: 0x08,
} as const;

export const Command = { connect: 0x01 } as const;

/** A message was read and took `length` bytes; or more bytes are needed; or this is no such message. */
export type Parsed<T> =
  | { readonly kind: "message"; readonly message: T; readonly length: number }
  | { readonly kind: "incomplete" }
  | { readonly kind: "garbage" };

const INCOMPLETE = { kind: "incomplete" } as const;
const GARBAGE = { kind: "garbage" } as const;
const message = <T>(value: T, length: number): Parsed<T> => ({ kind: "message", message: value, length });

/** The methods a client offers. */
export function parseGreeting(bytes: Buffer): Parsed<readonly number[]> {
  if (bytes.length >= 1 && bytes[0] !== SOCKS_VERSION) return GARBAGE;
  const count = bytes[1];
  if (count === undefined) return INCOMPLETE;
  if (count === 0) return GARBAGE;
  return bytes.length < 2 + count ? INCOMPLETE : message([...bytes.subarray(2, 2 + count)], 2 + count);
}

/** The user name a client gives; the password is read over. */
export function parseUserName(bytes: Buffer): Parsed<string> {
  if (bytes.length >= 1 && bytes[0] !== 1) return GARBAGE;
  const nameLength = bytes[1];
  if (nameLength === undefined) return INCOMPLETE;
  if (nameLength === 0) return GARBAGE;
  const passwordLength = bytes[2 + nameLength];
  if (passwordLength === undefined) return INCOMPLETE;
  const length = 3 + nameLength + passwordLength;
  return bytes.length < length ? INCOMPLETE : message(bytes.toString("utf8", 2, 2 + nameLength), length);
}

export interface Request {
  readonly command: number;
  /** IPv4 or IPv6 address as text, or a host name; undefined when the address type is unknown. */
  readonly host: string | undefined;
  readonly port: number;
}

export function parseRequest(bytes: Buffer): Parsed<Request> {
  if (bytes.length >= 1 && bytes[0] !== SOCKS_VERSION) return GARBAGE;
  if (bytes.length >= 3 && bytes[2] !== 0) return GARBAGE;
  const [, command, , type, firstOfAddress] = bytes;
  if (command === undefined || type === undefined) return INCOMPLETE;
  if (type !== 1 && type !== 3 && type !== 4) return message({ command, host: undefined, port: 0 }, bytes.length);
  if (firstOfAddress === undefined) return INCOMPLETE;
  if (type === 3 && firstOfAddress === 0) return GARBAGE;
  const start = type === 3 ? 5 : 4;
  const end = start + (type === 1 ? 4 : type === 4 ? 16 : firstOfAddress);
  if (bytes.length < end + 2) return INCOMPLETE;
  const address = bytes.subarray(start, end);
  const host = type === 1 ? address.join(".") : type === 4 ? ipv6(address) : address.toString("utf8");
  return message({ command, host, port: bytes.readUInt16BE(end) }, end + 2);
}

/** The canonical text of an IPv6 address (RFC 5952), by way of the URL parser that knows it. */
function ipv6(address: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => address.readUInt16BE(2 * i).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

/** The answer to a request; the bound address is not given. */
export function replyBytes(reply: number): Buffer {
  return Buffer.from([SOCKS_VERSION, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
}

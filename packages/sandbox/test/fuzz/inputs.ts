/** Numbers from 0 up to 1, the same for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Stands for the host and port of the listener. */
const HOST = "HOST";
const HEADERS = `Host: ${HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;

/** What clients send when all is well, and near misses of it. */
const GROUNDS: readonly Buffer[] = [
  `GET /?Action=DescribeVpcs&Version=2016-04-28 HTTP/1.1\r\n${HEADERS}\r\n`,
  `POST / HTTP/1.1\r\n${HEADERS}Content-Length: 20\r\n\r\nAction=DescribeZones`,
  `POST / HTTP/1.1\r\n${HEADERS}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  `GET // HTTP/1.1\r\n${HEADERS}\r\n`,
  `GET http://[ HTTP/1.1\r\n${HEADERS}\r\n`,
  `GET /events HTTP/1.1\r\n${HEADERS}\r\n`,
  `OPTIONS * HTTP/1.1\r\n${HEADERS}\r\n`,
  `CONNECT sts.example.com:443 HTTP/1.1\r\n${HEADERS}\r\n`,
  `GET / HTTP/1.1\r\n${HEADERS}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
  "\u0005\u0002\u0000\u0002",
  "\u0005\u0001\u0000\u0005\u0001\u0000\u0003\u0007\u0031\u002e\u0032\u002e\u0033\u002e\u0034\u0000\u0050",
].map((text) => Buffer.from(text, "latin1"));

/**
 * One input: a ground with some bytes changed, taken out, doubled or cut off; or noise.
 * @param host host and port of the listener, so that the most of it gets past its guard
 */
export function inputFrom(random: () => number, host: string): Buffer {
  const below = (limit: number): number => Math.floor(random() * limit);
  if (random() < 0.1) return Buffer.from(Array.from({ length: 1 + below(300) }, () => below(256)));
  const ground = GROUNDS[below(GROUNDS.length)]!.toString("latin1");
  let bytes = Buffer.from(ground.replace(HOST, host), "latin1");
  for (let times = below(6); times > 0; times -= 1) {
    const at = below(bytes.length + 1);
    const part = bytes.subarray(at, at + 1 + below(8));
    const kind = below(5);
    if (kind === 0) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + part.length)]);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
    else if (kind === 2) bytes = bytes.subarray(0, Math.max(1, at));
    else if (kind === 3)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([below(256), below(256)]), bytes.subarray(at)]);
    else if (at < bytes.length) bytes[at] = below(256);
  }
  return bytes;
}

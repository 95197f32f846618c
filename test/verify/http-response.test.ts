import fc from "fast-check";
import { HttpResponse } from "../../src/verify/http-response";

const read = (text: string, sizes: readonly number[] = [Infinity]): HttpResponse => {
  const response = new HttpResponse();
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    response.feed(bytes.subarray(at, at + size));
    at += size;
  }
  return response;
};

const COMPLETE: readonly [string, string, number, number][] = [
  ["a body with its length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5],
  ["an empty body", "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n", 200, 0],
  ["the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nok", 200, 2],
  ["no content", "HTTP/1.1 204 No Content\r\n\r\n", 204, 0],
  ["not modified, with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, 0],
  ["a redirect", "HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 1\r\n\r\nx", 301, 1],
  ["HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, 1],
  ["a status without a reason", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", 200, 1],
  [
    "interim answers first",
    "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
    200,
    1,
  ],
  ["chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;a=b\r\n!\r\n0\r\n\r\n", 200, 6],
  [
    "chunks with trailers, in capitals",
    "HTTP/1.1 200 OK\r\nTRANSFER-ENCODING: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX: y\r\nZ: w\r\n\r\n",
    200,
    10,
  ],
  [
    "chunks that beat a length",
    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    200,
    1,
  ],
];

describe("the answer of a server", () => {
  it.each(COMPLETE)("with %s is read to its end", (_what, text, status, bytes) => {
    expect(read(text)).toMatchObject({ done: true, status, bodyBytes: bytes });
  });

  it("is the same however it is cut into pieces, and never done before its last byte", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COMPLETE),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        ([, text, status, bytes], sizes) => {
          expect(read(text, sizes)).toMatchObject({ done: true, status, bodyBytes: bytes });
          expect(read(text.slice(0, -1), sizes).done).toBe(false);
        },
      ),
    );
  });

  it("without a length ends with the connection", () => {
    const response = read("HTTP/1.1 200 OK\r\n\r\nsome bytes");
    expect(response.done).toBe(false);
    response.end();
    expect(response).toMatchObject({ done: true, bodyBytes: 10 });
  });

  it.each([
    ["nothing", ""],
    ["half a head", "HTTP/1.1 200 OK\r\nContent"],
    ["half a body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"],
    ["chunks without an end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
  ])("is cut short when the connection ends after %s", (_what, text) => {
    const response = read(text);
    expect(() => response.end()).toThrow(expect.objectContaining({ code: "AnswerCutShort" }));
  });

  it.each([
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["bytes of TLS", "\u0015\u0003\u0003\u0000\u0002"],
    ["HTTP/2", "HTTP/2 200\r\n\r\n"],
    ["a change of protocol", "HTTP/1.1 101 Switching\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    ["a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"],
    ["a chunk without a size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n"],
    ["a chunk longer than it says", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n"],
    ["a head without end", `HTTP/1.1 200 OK\r\nX: ${"x".repeat(70_000)}`],
    ["a chunk line without end", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${"1".repeat(70_000)}`],
  ])("is refused when it is %s", (_what, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "MalformedAnswer" }));
  });
});

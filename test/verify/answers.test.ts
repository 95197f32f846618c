import { endpointOf, measure } from "../../src/verify";
import { serve } from "./servers";
import type { TestServer } from "./servers";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.stop()));
});

/** Measures a server that answers with these pieces, one after the other, and hangs up if it is told to. */
async function answered(pieces: readonly string[], hangUp = false): ReturnType<typeof measure> {
  const one = await serve((socket) => {
    const next = (at: number): void => {
      if (at === pieces.length) return void (hangUp && socket.end());
      socket.write(Buffer.from(pieces[at] ?? "", "latin1"), () => setTimeout(() => next(at + 1), 1));
    };
    next(0);
  });
  servers.push(one);
  return measure(endpointOf(`http://127.0.0.1:${one.port}/`, "--plain"), { timeoutMs: 3000 });
}

const cut = (text: string, size: number): string[] => text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];

const COMPLETE: readonly [string, string, number, number][] = [
  ["a body with its length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5],
  ["an empty body", "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n", 200, 0],
  ["no content", "HTTP/1.1 204 No Content\r\n\r\n", 204, 0],
  ["304 Not Modified, with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, 0],
  ["a redirect", "HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 1\r\n\r\nx", 301, 1],
  ["HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, 1],
  [
    "interim responses first",
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
];

describe("the response of a server", () => {
  it.each(COMPLETE)("with %s is read completely, in one piece and in many", async (_what, text, status, bytes) => {
    for (const size of [Infinity, 7]) {
      const pieces = size === Infinity ? [text] : cut(text, size);
      const sample = await answered(pieces);
      expect(sample).toMatchObject({ status, bytes });
      expect(sample).not.toHaveProperty("error");
    }
  });

  it("without a length ends when the connection is closed", async () => {
    const sample = await answered(["HTTP/1.1 200 OK\r\n\r\nsome ", "bytes"], true);
    expect(sample).toMatchObject({ status: 200, bytes: 10 });
    expect(sample).not.toHaveProperty("error");
  });

  it.each([
    ["nothing", ""],
    ["half of the headers", "HTTP/1.1 200 OK\r\nContent"],
    ["half of the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"],
    ["chunks without the last one", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
  ])("is truncated when the connection ends after %s", async (_what, text) => {
    expect((await answered([text], true)).error).toMatchObject({ code: "AnswerCutShort" });
  });

  it.each([
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["bytes of TLS", "\u0015\u0003\u0003\u0000\u0002"],
    ["HTTP/2", "HTTP/2 200\r\n\r\n"],
    ["a protocol upgrade", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    ["a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"],
    ["a chunk without a size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n"],
    ["a chunk longer than it says", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n"],
    ["endless headers", `HTTP/1.1 200 OK\r\nX: ${"x".repeat(70_000)}`],
  ])("is refused when it is %s", async (_what, text) => {
    expect((await answered([text])).error).toMatchObject({ code: "MalformedAnswer" });
  });
});

import type { Socket } from "node:net";
import { endpointOf, measure } from "../../src/verify";
import { measureWithCurl } from "../../src/verify/measure/curl";
import type { MeasureOptions } from "../../src/verify";
import type { Timing } from "../../src/core/verify-report";
import { startInternet } from "alicloud-sandbox";
import type { Internet } from "alicloud-sandbox";
import { CERTIFICATE, deadPort, OK, serve } from "./servers";
import type { TestServer } from "./servers";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.stop()));
});

async function server(onRequest: (socket: Socket) => void, options = {}): Promise<TestServer> {
  const one = await serve(onRequest, options);
  servers.push(one);
  return one;
}

const at = (url: string, options: MeasureOptions = {}, connectTo?: string): ReturnType<typeof measure> =>
  measure(endpointOf(url, "--plain", connectTo === undefined ? {} : { connectTo }), options);

/** A moment in seconds; NaN when it was not reached. */
const seconds = ({ us }: Awaited<ReturnType<typeof measure>>, timing: Timing): number => (us[timing] ?? NaN) / 1e6;
const failed = (code: string): object => ({ error: expect.objectContaining({ code }) as object });

const later = (ms: number, work: () => void): void => void setTimeout(work, ms);

describe("one measurement", () => {
  it("measures the phases that the server separates", async () => {
    const one = await server((socket) => {
      later(100, () => socket.write(OK.slice(0, -1)));
      later(200, () => socket.write(OK.slice(-1)));
    });
    const sample = await at(`http://127.0.0.1:${one.port}/`);
    expect(sample).toMatchObject({ status: 200, bytes: 2 });
    expect(sample.us).not.toHaveProperty("time_namelookup");
    expect(sample.us).not.toHaveProperty("time_appconnect");
    expect(seconds(sample, "time_connect")).toBeGreaterThan(0);
    expect(seconds(sample, "time_connect")).toBeLessThan(0.09);
    expect(seconds(sample, "time_starttransfer")).toBeGreaterThan(0.095);
    expect(seconds(sample, "time_starttransfer")).toBeLessThan(0.19);
    expect(seconds(sample, "time_total")).toBeGreaterThan(0.195);
    expect(seconds(sample, "time_total")).toBeLessThan(0.4);
  });

  it("takes no hint ahead of the answer for its first byte", async () => {
    const one = await server((socket) => {
      socket.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
      later(100, () => socket.write(OK));
    });
    const sample = await at(`http://127.0.0.1:${one.port}/`);
    expect(sample).toMatchObject({ status: 200, bytes: 2 });
    expect(seconds(sample, "time_starttransfer")).toBeGreaterThan(0.095);
  });

  it("sends the same request as curl, once per connection, and leaves no connection open", async () => {
    const one = await server((socket) => socket.write(OK));
    await at(`http://127.0.0.1:${one.port}/health?deep=1`);
    expect(one.requests).toEqual([
      `GET /health?deep=1 HTTP/1.1\r\nHost: 127.0.0.1:${one.port}\r\n` +
        "User-Agent: cdktf-alicloud-anycast-verify\r\nAccept: */*\r\nConnection: close\r\n\r\n",
    ]);
    await new Promise((resolve) => later(50, () => resolve(undefined)));
    expect(one.open()).toBe(0);
  });

  it("resolves a name and measures the time", async () => {
    const one = await server((socket) => socket.write(OK), { host: "localhost" });
    const sample = await at(`http://localhost:${one.port}/`);
    expect(seconds(sample, "time_namelookup")).toBeGreaterThan(0);
    expect(seconds(sample, "time_connect")).toBeGreaterThanOrEqual(seconds(sample, "time_namelookup"));
    expect(one.requests[0]).toContain(`Host: localhost:${one.port}\r\n`);
  });

  it("reaches an IPv6 literal", async () => {
    const one = await server((socket) => socket.write(OK), { host: "::1" });
    expect(await at(`http://[::1]:${one.port}/`)).toMatchObject({ status: 200 });
    expect(one.requests[0]).toContain(`Host: [::1]:${one.port}\r\n`);
  });

  it("does not follow a redirect", async () => {
    const one = await server((socket) => socket.end("HTTP/1.1 302 Found\r\nLocation: http://203.0.113.1/\r\n\r\n"));
    expect(await at(`http://127.0.0.1:${one.port}/`)).toMatchObject({ status: 302 });
    expect(one.requests).toHaveLength(1);
  });

  it("reads a large chunked body to its end", async () => {
    const one = await server((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (let i = 0; i < 64; i++) socket.write(`10000\r\n${"x".repeat(65536)}\r\n`);
      later(50, () => socket.write("0\r\n\r\n"));
    });
    const sample = await at(`http://127.0.0.1:${one.port}/`);
    expect(sample.bytes).toBe(64 * 65536);
    expect(seconds(sample, "time_total")).toBeGreaterThan(0.045);
  });

  it.each<[string, (socket: Socket) => void, string]>([
    ["an error status", (s) => s.write("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"), "UnexpectedStatus"],
    ["a response that is not HTTP", (s) => s.write("hello"), "MalformedAnswer"],
    ["an end before the response", (s) => s.end(), "AnswerCutShort"],
    ["an end in the middle of the response", (s) => s.end(OK.slice(0, -1)), "AnswerCutShort"],
    ["a broken connection", (s) => s.resetAndDestroy(), "ConnectionBroken"],
    ["silence", () => undefined, "TimedOut"],
    ["a response that never ends", (s) => s.write("HTTP/1.1 200 OK\r\n\r\nx"), "TimedOut"],
  ])("fails on %s, with an error code", async (_what, onRequest, code) => {
    const one = await server(onRequest);
    expect(await at(`http://127.0.0.1:${one.port}/`, { timeoutMs: 300 })).toMatchObject(failed(code));
    await new Promise((resolve) => later(50, () => resolve(undefined)));
    expect(one.open()).toBe(0);
  });

  it("fails on a port without a listener", async () => {
    expect(await at(`http://127.0.0.1:${await deadPort()}/`)).toMatchObject(failed("ConnectionRefused"));
  });

  it("fails on a name that does not exist", async () => {
    expect(await at("http://no-such-name.invalid/")).toMatchObject(failed("NameNotResolved"));
  });

  it("reports its current phase on a time-out", async () => {
    const one = await server(() => undefined);
    const { error } = await at(`http://127.0.0.1:${one.port}/`, { timeoutMs: 100 });
    expect(error?.message).toBe("No complete answer within 0.1 s (while waiting for the first byte).");
  });

  it.each([0, 30])("stops on request, %d ms after its start", async (ms) => {
    const one = await server(() => undefined);
    const stop = new AbortController();
    if (ms === 0) stop.abort();
    else later(ms, () => stop.abort());
    const began = performance.now();
    await expect(at(`http://127.0.0.1:${one.port}/`, { signal: stop.signal })).rejects.toMatchObject({
      code: "Aborted",
    });
    expect(performance.now() - began).toBeLessThan(1000);
    await new Promise((resolve) => later(50, () => resolve(undefined)));
    expect(one.open()).toBe(0);
  });
});

describe("one measurement over https", () => {
  it("measures the handshake, verifies the certificate and sends the server name", async () => {
    const one = await server((socket) => later(100, () => socket.write(OK)), { tls: true });
    const sample = await at("https://www.example.com/", { ca: CERTIFICATE }, `127.0.0.1:${one.port}`);
    expect(seconds(sample, "time_appconnect")).toBeGreaterThan(seconds(sample, "time_connect"));
    expect(seconds(sample, "time_starttransfer") - seconds(sample, "time_appconnect")).toBeGreaterThan(0.095);
    expect(one.serverNames).toEqual(["www.example.com"]);
    expect(one.requests[0]).toContain("Host: www.example.com\r\n");
  });

  it.each(["127.0.0.1", "[::1]"])(
    "verifies the certificate for the address %s and sends no server name",
    async (host) => {
      const one = await server((socket) => socket.write(OK), { tls: true, host: host.replace(/[[\]]/g, "") });
      expect(await at(`https://${host}:${one.port}/`, { ca: CERTIFICATE })).toMatchObject({ status: 200 });
      expect(one.serverNames).toEqual([false]);
    },
  );

  it.each([
    ["no trusted CA has signed", "https://www.example.com/", {}],
    ["is for another name", "https://www.example.org/", { ca: CERTIFICATE }],
  ])("refuses a certificate that %s, unless any is accepted", async (_what, url, options) => {
    const one = await server((socket) => socket.write(OK), { tls: true });
    const to = `127.0.0.1:${one.port}`;
    expect(await at(url, options, to)).toMatchObject(failed("TlsFailed"));
    expect(await at(url, { insecure: true }, to)).toMatchObject({ status: 200 });
  });

  it("fails on a server without TLS", async () => {
    const one = await server(() => undefined);
    expect(await at(`https://127.0.0.1:${one.port}/`, { timeoutMs: 300 })).toMatchObject(failed("TimedOut"));
    expect(await at(`https://127.0.0.1:${await deadPort()}/`)).toMatchObject(failed("ConnectionRefused"));
  });
});

describe("one measurement through a proxy", () => {
  let internet: Internet;
  beforeAll(async () => {
    internet = await startInternet({
      lookup: (ip) =>
        Promise.resolve(
          ["47.236.0.1", "2001:db8::1"].includes(ip)
            ? {
                ip,
                kind: "plain",
                accessPoints: [],
                targets: [
                  {
                    loadBalancerId: "lb-1",
                    region: "ap-southeast-1",
                    active: true,
                    accessPoints: [],
                    listeners: [
                      {
                        port: 80,
                        protocol: "http",
                        running: true,
                        backEnds: [{ serverId: "i-1", port: 80, weight: 1, healthy: true }],
                      },
                      {
                        port: 443,
                        protocol: "https",
                        running: true,
                        backEnds: [{ serverId: "i-1", port: 80, weight: 1, healthy: true }],
                      },
                    ],
                  },
                ],
              }
            : ip === "47.236.0.2"
              ? { ip, kind: "plain", accessPoints: [], targets: [] }
              : undefined,
        ),
      silenceMs: 100,
    });
  });
  afterAll(() => internet.stop());
  const proxy = (more = {}): MeasureOptions => ({ proxy: { host: "127.0.0.1", port: internet.port, ...more } });

  it.each(["47.236.0.1", "[2001:db8::1]"])("includes the connection from the proxy to %s", async (host) => {
    const sample = await at(`http://${host}/`, proxy());
    expect(seconds(sample, "time_connect")).toBeGreaterThan(0.17);
    expect(seconds(sample, "time_starttransfer")).toBeGreaterThan(0.34);
    expect(sample.status).toBe(200);
  });

  it("is timed to the same end by curl, whose own clock of the connection stops at the proxy", async () => {
    const sample = await measureWithCurl(endpointOf("http://47.236.0.1/", "--plain"), proxy());
    expect(seconds(sample, "time_connect")).toBeGreaterThan(0.17);
    expect(sample).toMatchObject({ status: 200 });
    // What curl names is the proxy; with TLS it does not say when the way behind the proxy was open.
    expect(sample.remote).toBeUndefined();
    const secure = await measureWithCurl(endpointOf("https://47.236.0.1/", "--plain"), { ...proxy(), insecure: true });
    expect([secure.status, secure.us.time_connect]).toEqual([200, undefined]);
  });

  it("sends the user name to the proxy", async () => {
    const sample = await at("http://47.236.0.1/", proxy({ userName: "singapore", password: "" }));
    expect(seconds(sample, "time_total")).toBeLessThan(0.1);
    expect(await at("http://47.236.0.1/", proxy({ userName: "mars", password: "" }))).toMatchObject(
      failed("ProxyFailed"),
    );
  });

  it("reaches an https listener of the sandbox with its untrusted certificate", async () => {
    const sample = await at("https://47.236.0.1/", { ...proxy(), insecure: true });
    expect(sample).toMatchObject({ status: 200 });
    // One round trip to connect, another for TLS 1.3, a third for the answer.
    expect(seconds(sample, "time_appconnect") - seconds(sample, "time_connect")).toBeGreaterThan(0.17);
    expect(seconds(sample, "time_starttransfer") - seconds(sample, "time_appconnect")).toBeGreaterThan(0.17);
    expect(await at("https://47.236.0.1/", proxy())).toMatchObject(failed("TlsFailed"));
  });

  it.each([
    ["an address that the proxy does not reach", "http://8.8.8.8/", "ProxyRefused"],
    ["a name that the proxy cannot resolve", "http://www.example.com/", "ProxyRefused"],
    ["a port without a listener", "http://47.236.0.1:81/", "ConnectionRefused"],
    ["an unbound address", "http://47.236.0.2/", "HostUnreachable"],
  ])("fails on %s", async (_what, url, code) => {
    expect(await at(url, proxy())).toMatchObject(failed(code));
  });

  it("fails when the proxy does not exist, or is not a proxy", async () => {
    expect(await at("http://47.236.0.1/", proxy({ port: await deadPort() }))).toMatchObject(failed("ProxyFailed"));
    const one = await server(() => undefined);
    const silent = at("http://47.236.0.1/", { ...proxy({ port: one.port }), timeoutMs: 100 });
    expect(await silent).toMatchObject(failed("TimedOut"));
  });

  it("uses TLS through a proxy as well", async () => {
    const secure = await server((socket) => socket.write(OK), { tls: true });
    const { connect, createServer } = await import("node:net");
    // The least of a SOCKS 5 proxy: any request leads to the TLS server, the bound address is told as a name.
    const tiny = createServer((client) => {
      client.once("data", () => {
        client.write(Buffer.from([5, 0]));
        client.once("data", () => {
          const behind = connect(secure.port, "127.0.0.1");
          client.write(Buffer.from([5, 0, 0, 3, 1, 0x78, 0, 80]));
          client.pipe(behind).pipe(client);
          for (const end of [client, behind]) end.on("error", () => undefined);
        });
      });
    });
    await new Promise<void>((resolve) => tiny.listen(0, "127.0.0.1", resolve));
    const port = (tiny.address() as { port: number }).port;
    const sample = await at("https://www.example.com/", { ca: CERTIFICATE, proxy: { host: "127.0.0.1", port } });
    expect(sample).toMatchObject({ status: 200, bytes: 2 });
    expect(secure.serverNames).toEqual(["www.example.com"]);
    tiny.close();
  });
});

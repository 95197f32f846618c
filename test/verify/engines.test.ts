import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { endpointOf, measure, parseResolve } from "../../src/verify";
import type { MeasureOptions } from "../../src/verify";
import { curlConfig, measureWithCurl } from "../../src/verify/measure/curl";
import type { Timing } from "../../src/core/verify-report";
import { CERTIFICATE, deadPort, OK, serve } from "./servers";
import type { TestServer } from "./servers";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.stop()));
});

async function server(ms: number, options = {}): Promise<TestServer> {
  const one = await serve((socket) => void setTimeout(() => socket.end(OK), ms), options);
  servers.push(one);
  return one;
}

const at = (url: string, options = {}): ReturnType<typeof endpointOf> => endpointOf(url, "--plain", options);

/** A server in a process of its own: in this one it would share a processor with our client, but not with curl. */
async function apartServer(scheme: string): Promise<{ readonly port: number; readonly stop: () => void }> {
  const code = `const fs = require("node:fs");
    const [scheme, tls] = process.argv.slice(1);
    const options = { key: fs.readFileSync(tls + "/key.pem"), cert: fs.readFileSync(tls + "/cert.pem") };
    const server = require("node:" + scheme).createServer(options, (_asked, answer) =>
      setTimeout(() => answer.end("ok"), 40));
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ["-e", code, scheme, join(__dirname, "tls")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { port: Number(said.toString()), stop: () => void child.kill() };
}

describe("the Node engine compared with curl", () => {
  it.each<[string, Timing[]]>([
    ["http", ["time_connect", "time_starttransfer", "time_total"]],
    ["https", ["time_connect", "time_appconnect", "time_starttransfer", "time_total"]],
  ])("has medians over %s within 2 ms on loopback", async (scheme, timings) => {
    const { port, stop } = await apartServer(scheme);
    const endpoint = at(`${scheme}://127.0.0.1:${port}/`);
    // A busy machine disturbs one of them more than the other: of several rounds the least disturbed medians count.
    const leastOurs = timings.map(() => Infinity);
    const leastCurls = timings.map(() => Infinity);
    const round = async (): Promise<number> => {
      const ours: Awaited<ReturnType<typeof measure>>[] = [];
      const curls: typeof ours = [];
      for (let i = 0; i < 11; i++) {
        ours.push(await measure(endpoint, { insecure: true }));
        curls.push(await measureWithCurl(endpoint, { insecure: true }));
      }
      const median = (all: typeof ours, timing: Timing): number =>
        all.map(({ us }) => us[timing] ?? NaN).sort((a, b) => a - b)[5]! / 1000;
      const apart = timings.map((timing, i) => {
        leastOurs[i] = Math.min(leastOurs[i]!, median(ours, timing));
        leastCurls[i] = Math.min(leastCurls[i]!, median(curls, timing));
        return Math.abs(leastOurs[i]! - leastCurls[i]!);
      });
      return Math.max(...apart);
    };
    // With several programs per processor, curl waits for its turn, and longer than we do: it is a new process each time.
    const limit = (): number => 2 * Math.max(1, loadavg()[0]! / availableParallelism());
    let apart = Infinity;
    for (let rounds = 0; rounds < 12 && !(apart < limit()); rounds++) apart = await round();
    stop();
    expect(apart).toBeLessThan(limit());
  });

  it.each<[string, object, MeasureOptions]>([
    ["a HEAD request", {}, { method: "HEAD" }],
    ["headers", { hostHeader: "www.example.com" }, { headers: [["X-Token", 'a "quoted\\ one']] }],
  ])("sends the same request: %s", async (_what, endpoint, options) => {
    const one = await serve((socket) => socket.end(options.method === "HEAD" ? OK.slice(0, -2) : OK));
    servers.push(one);
    const target = at(`http://127.0.0.1:${one.port}/a?b=c`, endpoint);
    const results = [await measure(target, options), await measureWithCurl(target, options)];
    for (const result of results)
      expect(result).toMatchObject({
        status: 200,
        ...(options.method === "HEAD" ? { bytes: 0, announced: 2 } : { bytes: 2 }),
      });
    const [ours, curls] = one.requests.map((text) =>
      text
        .split("\r\n")
        .filter((line) => line !== "" && !/^connection:/i.test(line))
        .sort(),
    );
    expect(ours).toEqual(curls);
  });

  it("fails in the same way: connection refused, untrusted certificate, truncated response, time-out", async () => {
    const tls = await server(0, { tls: true });
    const silent = await serve(() => undefined);
    const cut = await serve((socket) => socket.end(OK.slice(0, -1)));
    servers.push(silent, cut);
    const cases = [
      [`http://127.0.0.1:${await deadPort()}/`, "ConnectionRefused"],
      [`https://127.0.0.1:${tls.port}/`, "TlsFailed"],
      [`http://127.0.0.1:${silent.port}/`, "TimedOut"],
      [`http://127.0.0.1:${cut.port}/`, "AnswerCutShort"],
      ["http://no-such-name.invalid/", "NameNotResolved"],
    ] as const;
    for (const [url, code] of cases)
      for (const ask of [measure, measureWithCurl])
        expect((await ask(at(url), { timeoutMs: 500 })).error).toMatchObject({ code });
  });

  it("gives curl headers and passwords through standard input, where no other process can read them", () => {
    const proxy = { host: "::1", port: 1, userName: "u", password: "p w" };
    const config = curlConfig(at("https://[::1]:8443/x"), { headers: [["X-A", "hunter2"]], proxy, caFile: "/ca.pem" });
    expect(config).toContain('header = "X-A: hunter2"\n');
    expect(config).toContain('proxy = "socks5h://u:p%20w@[::1]:1"\n');
    expect(config).toContain('cacert = "/ca.pem"\n');
  });
});

describe("the addresses of a name", () => {
  const named = (port: number, list: string, options: MeasureOptions = {}): ReturnType<typeof measure> =>
    measure(at(`http://www.example.com:${port}/`), {
      ...options,
      resolved: [parseResolve(`www.example.com:${port}:${list}`)],
    });

  it("are tried one after the other, as curl does", async () => {
    const one = await server(0);
    const { remote, us, status } = await named(one.port, "127.0.0.9,[::1],127.0.0.1");
    expect([remote, status]).toEqual([`127.0.0.1:${one.port}`, 200]);
    expect(us).not.toHaveProperty("time_namelookup");
    expect(one.requests[0]).toContain(`Host: www.example.com:${one.port}\r\n`);
    expect((await named(await deadPort(), "127.0.0.9,127.0.0.1")).error).toMatchObject({ code: "ConnectionRefused" });
  });

  it("are of one family when that is asked for", async () => {
    const one = await server(0, { host: "::" });
    expect((await named(one.port, "127.0.0.1,[::1]", { family: 6 })).remote).toBe(`[::1]:${one.port}`);
    expect((await named(one.port, "[::1],127.0.0.1", { family: 4 })).remote).toMatch(/127\.0\.0\.1\]?:\d+$/);
    expect((await named(one.port, "127.0.0.1", { family: 6 })).error).toMatchObject({ code: "FamilyMissing" });
  });

  it("come from the certificate authority's file for TLS as well", async () => {
    const one = await server(0, { tls: true });
    const { error, status } = await measure(at(`https://www.example.com:${one.port}/`), {
      ca: CERTIFICATE,
      resolved: [parseResolve(`WWW.example.com:${one.port}:127.0.0.1`)],
    });
    expect([error, status]).toEqual([undefined, 200]);
  });

  it.each(["", "www.example.com:443", "www.example.com:0:127.0.0.1", "www.example.com:443:nowhere"])(
    "are refused as %p",
    (text) => {
      expect(() => parseResolve(text)).toThrow(expect.objectContaining({ code: "ResolveNotUsable" }) as Error);
    },
  );
});

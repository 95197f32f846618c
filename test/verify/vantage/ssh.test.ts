import { endpointOf, measure, parseVantage, verify } from "../../../src/verify";
import type { VerifyOptions } from "../../../src/verify";
import { openProber } from "../../../src/verify/run/probe";
import type { Measured } from "../../../src/verify";
import { deadPort, OK, serve } from "../servers";
import type { TestServer } from "../servers";
import { startSshd } from "./sshd";
import type { Sshd } from "./sshd";

jest.setTimeout(120_000);

const servers: TestServer[] = [];
let whole: Sshd;
let curlOnly: Sshd;
let bare: Sshd;
beforeAll(async () => {
  whole = await startSshd(["sh", "node", "curl", "tr"]);
  curlOnly = await startSshd(["sh", "curl", "tr"]);
  bare = await startSshd(["sh"]);
});
afterAll(() => Promise.all([whole, curlOnly, bare].map((one) => one.stop())));
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.stop()));
});

async function server(onRequest: Parameters<typeof serve>[0], options = {}): Promise<TestServer> {
  const one = await serve(onRequest, options);
  servers.push(one);
  return one;
}

const later = (ms: number, answer = OK): Parameters<typeof serve>[0] => {
  return (socket) => void setTimeout(() => socket.end(answer), ms).unref();
};

function optionsFor(sshd: Sshd, config = sshd.config): Pick<VerifyOptions, "remote" | "env" | "vantage"> {
  const remote = parseVantage(`ssh:127.0.0.1:${sshd.port}`);
  return { remote, vantage: remote.name, env: { ...process.env, ANYCAST_SSH_CONFIG: config } };
}

/** What one request comes to from there. */
async function asked(sshd: Sshd, url: string, more: Partial<VerifyOptions> = {}): Promise<Measured> {
  const endpoint = endpointOf(url, "--plain");
  const prober = await openProber({ plain: endpoint, accelerated: endpoint, ...optionsFor(sshd), ...more });
  try {
    return await prober.probe("plain");
  } finally {
    prober.close();
  }
}

const HOSTS: readonly [string, () => Sshd][] = [
  ["Node", () => whole],
  ["curl only", () => curlOnly],
];

describe("measuring from a host over ssh", () => {
  it.each(HOSTS)("that has %s returns the samples", async (_what, sshd) => {
    const [plain, accelerated] = [await server(later(120)), await server(later(30))];
    const at = ({ port }: TestServer): string => `http://127.0.0.1:${port}/x?y=z`;
    const report = await verify({
      plain: endpointOf(at(plain), "--plain"),
      accelerated: endpointOf(at(accelerated), "--accelerated"),
      samples: 20,
      durationMs: 500,
      headers: [["X-Token", "hunter2 'quoted' \"twice\" $HOME `id`\ttab"]],
      ...optionsFor(sshd()),
    });
    const [{ vantage, plain: side, attempts } = { vantage: "", plain: undefined, attempts: [] }] = report.vantages;
    expect([report.verdict, vantage]).toEqual(["faster", `ssh:127.0.0.1:${sshd().port}`]);
    expect(side).toMatchObject({ succeeded: 20, failed: 0, statuses: [200], sizes: [2] });
    expect(side!.timings.time_total!.median).toBeGreaterThan(0.115);
    for (const { us, remote } of attempts) {
      expect(remote).toMatch(/^127\.0\.0\.1:\d+$/);
      expect(us.time_connect).toBeLessThan(us.time_starttransfer!);
      expect(us).not.toHaveProperty("time_namelookup");
    }
    expect(accelerated.requests[1]).toMatch(/^GET \/x\?y=z HTTP\/1\.1\r\n/);
    expect(accelerated.requests[1]).toContain("X-Token: hunter2 'quoted' \"twice\" $HOME `id`\ttab\r\n");
  });

  it.each(HOSTS)("that has %s reports failures with the same codes as a local measurement", async (_what, sshd) => {
    const cut = await server(later(0, OK.slice(0, -1)));
    const silent = await server(() => undefined);
    const sick = await server(later(0, "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"));
    const secure = await server(later(0), { tls: true });
    const urls = [
      `http://127.0.0.1:${await deadPort()}/`,
      `http://127.0.0.1:${cut.port}/`,
      `http://127.0.0.1:${silent.port}/`,
      `http://127.0.0.1:${sick.port}/`,
      `https://127.0.0.1:${secure.port}/`,
      "http://no-such-name.invalid/",
    ];
    for (const url of urls) {
      const here = await measure(endpointOf(url, "--plain"), { timeoutMs: 700 });
      const there = await asked(sshd(), url, { timeoutMs: 700 });
      expect([url, there.error?.code]).toEqual([url, here.error?.code]);
    }
    expect(await asked(sshd(), `https://127.0.0.1:${secure.port}/`, { insecure: true })).toMatchObject({ status: 200 });
  });

  it.each(HOSTS)(
    "that has %s sends requests concurrently, so that a hanging one delays no other",
    async (_what, sshd) => {
      const [silent, quick] = [await server(() => undefined), await server(later(0))];
      const at = ({ port }: TestServer, side: string): ReturnType<typeof endpointOf> =>
        endpointOf(`http://127.0.0.1:${port}/`, side);
      const sides = { plain: at(silent, "--plain"), accelerated: at(quick, "--accelerated") };
      const prober = await openProber({ ...sides, ...optionsFor(sshd()), timeoutMs: 8000 });
      const ended: string[] = [];
      const hanging = prober.probe("plain").then(({ error }) => ended.push(error?.code ?? "answered"));
      await Promise.all([1, 2, 3].map(async () => ended.push(String((await prober.probe("accelerated")).status))));
      await hanging;
      prober.close();
      expect(ended).toEqual(["200", "200", "200", "TimedOut"]);
    },
  );

  it("uses curl on request although Node is installed", async () => {
    const one = await server(later(0));
    await asked(whole, `http://127.0.0.1:${one.port}/`, { engine: "curl", method: "HEAD" });
    expect(one.requests[0]).toMatch(/^HEAD \/ HTTP\/1\.1/);
    expect(one.requests[0]).not.toMatch(/^connection: close/im);
  });

  it.each(HOSTS)("that has %s tells the size that an answer to HEAD announces", async (_what, sshd) => {
    const one = await server(later(0, OK.slice(0, -2)));
    const measured = await asked(sshd(), `http://127.0.0.1:${one.port}/`, { method: "HEAD" });
    expect(measured).toMatchObject({ status: 200, bytes: 0, announced: 2 });
  });

  it.each<[string, () => Partial<VerifyOptions>, RegExp]>([
    ["without Node and curl", () => optionsFor(bare), /neither Node 18 or later nor curl/],
    ["that refuses the login", () => optionsFor(whole, whole.keyless), /Permission denied/],
    ["that does not exist", () => ({ remote: parseVantage("ssh:127.0.0.1:1"), vantage: "ssh:gone" }), /refused/],
  ])(
    "%s gives no verdict on the addresses, and keeps the results of other locations",
    async (_what, place, message) => {
      const [plain, accelerated] = [await server(later(100)), await server(later(10))];
      const at = ({ port }: TestServer): string => `http://127.0.0.1:${port}/`;
      const there = place();
      const report = await verify({
        plain: endpointOf(at(plain), "--plain"),
        accelerated: endpointOf(at(accelerated), "--accelerated"),
        samples: 20,
        durationMs: 500,
        ...(there.env === undefined ? {} : { env: there.env }),
        places: [{ vantage: "here" }, { vantage: "there", remote: there.remote! }],
      });
      expect(report.verdict).toBe("inconclusive");
      const [here, elsewhere] = report.vantages;
      expect([here!.verdict, elsewhere!.verdict, elsewhere!.attempts]).toEqual(["faster", "inconclusive", []]);
      expect(elsewhere!.reasons).toMatchObject([
        { code: "VantageFailed", message: expect.stringMatching(message) as string },
      ]);
    },
  );

  it("stops on request", async () => {
    const silent = await server(() => undefined);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1500);
    const at = endpointOf(`http://127.0.0.1:${silent.port}/`, "--plain");
    const other = endpointOf(`http://127.0.0.1:${await deadPort()}/`, "--accelerated");
    const report = await verify({ plain: at, accelerated: other, signal: stop.signal, ...optionsFor(whole) });
    expect(report).toMatchObject({ interrupted: true, verdict: "inconclusive" });
  });
});

describe("the location to measure from", () => {
  it.each([
    ["ssh:web-1.example.com", { kind: "ssh", host: "web-1.example.com" }],
    ["ssh:me@web:2222", { kind: "ssh", host: "me@web", port: 2222 }],
    ["ssh:[::1]:22", { kind: "ssh", host: "::1", port: 22 }],
    ["globalping:London", { kind: "globalping", place: "London" }],
    ["globalping:São Paulo+aws-sa-east-1", { kind: "globalping", place: "São Paulo+aws-sa-east-1" }],
  ])("%s is read", (text, wanted) => {
    expect(parseVantage(text)).toEqual({ name: text, ...wanted });
  });

  it.each([
    "",
    "ssh:",
    "ssh:-oProxyCommand=id",
    "ssh:a;id",
    "ssh:$(id)",
    "ssh:a b",
    "ssh:`id`",
    "ssh:a\nb",
    "ssh:-l@b",
    "ssh:a@-b",
    "ssh:a:0",
    "ssh:a:99999",
    "ssh:a/b",
    "globalping:",
    "globalping:a\nb",
    "globalping: x",
    "telnet:x",
  ])("%p is refused", (text) => {
    expect(() => parseVantage(text)).toThrow(expect.objectContaining({ code: "VantageNotUsable" }) as Error);
  });
});

import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { endpointOf, parseVantage, verify } from "../../../src/verify";
import type { VerifyOptions } from "../../../src/verify";
import type { VantageReport } from "../../../src/core/verify-report";

interface Asked {
  readonly target: string;
  readonly locations: unknown;
  readonly limit?: number;
  readonly measurementOptions: Record<string, unknown>;
}

type Result = Record<string, unknown>;

const finished = (total: number, more: Result = {}): Result => ({
  status: "finished",
  rawOutput: "HTTP/1.1 200",
  rawHeaders: "",
  rawBody: "hello",
  truncated: false,
  headers: { "content-length": "1234" },
  statusCode: 200,
  statusCodeName: "OK",
  timings: { total, dns: 0, tcp: 20, tls: null, firstByte: total - 25, download: 5 },
  tls: null,
  ...more,
});

/** Globalping's API as its documentation has it, as far as a measurement over HTTP uses it. */
class Api {
  public readonly asked: Asked[] = [];
  public readonly authorizations = new Set<string | undefined>();
  public left = 1000;
  public result: (asked: Asked, count: number) => Result = () => finished(100);
  private readonly polls = new Map<string, number>();
  private server: Server | undefined;

  public async start(): Promise<string> {
    this.server = createServer((request, response) => {
      this.authorizations.add(request.headers.authorization);
      const json = (status: number, body: unknown): void => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      };
      const { method, url = "" } = request;
      if (url === "/v1/limits") {
        const create = { type: "ip", limit: 250, remaining: this.left, reset: 600 };
        return json(200, { rateLimit: { measurements: { create } } });
      }
      const id = /^\/v1\/measurements\/(\d+)$/.exec(url)?.[1];
      if (id !== undefined) {
        const polls = (this.polls.get(id) ?? 0) + 1;
        this.polls.set(id, polls);
        const common = { id, type: "http", target: "x", createdAt: "", updatedAt: "", probesCount: 1 };
        if (polls === 1 && id === "1") return json(200, { ...common, status: "in-progress", results: [] });
        const asked = this.asked[Number(id) - 1]!;
        const result = { resolvedAddress: asked.target, ...this.result(asked, Number(id)) };
        return json(200, { ...common, status: "finished", results: [{ probe: { city: "London" }, result }] });
      }
      if (method !== "POST" || url !== "/v1/measurements")
        return json(404, { error: { type: "not_found", message: url } });
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        if (this.left-- <= 0)
          return json(429, { error: { type: "rate_limit_exceeded", message: "API rate limit exceeded." } });
        this.asked.push(JSON.parse(text) as Asked);
        json(202, { id: String(this.asked.length), probesCount: 1 });
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

let api: Api;
const real = globalThis.fetch;
beforeEach(async () => {
  api = new Api();
  const origin = await api.start();
  // The client knows one address; its requests are led to this machine.
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    expect(request.url).toMatch(/^https:\/\/api\.globalping\.io\//);
    const moved = new Request(request.url.replace("https://api.globalping.io", origin), request);
    return real(moved);
  };
});
afterEach(() => {
  globalThis.fetch = real;
  api.stop();
});

const PLAIN = "http://203.0.113.7/health?deep=1";
const ACCELERATED = "http://198.51.100.9/health?deep=1";

async function measured(more: Partial<VerifyOptions> = {}): Promise<VantageReport> {
  const remote = parseVantage("globalping:London");
  const report = await verify({
    plain: endpointOf(PLAIN, "--plain"),
    accelerated: endpointOf(ACCELERATED, "--accelerated"),
    samples: 20,
    durationMs: 20,
    env: {},
    ...{ remote, vantage: remote.name },
    ...more,
  });
  return report.vantages[0]!;
}

const codes = ({ reasons }: VantageReport): string[] => reasons.map(({ code }) => code);

describe("measuring from a probe of Globalping", () => {
  it("maps its phases to points in time, and uses one probe for everything", async () => {
    api.result = ({ target }, count) => finished((target === "198.51.100.9" ? 60 : 100) + (count % 3));
    const one = await measured({ headers: [["X-Token", "a"]] });
    expect([one.verdict, one.vantage, one.pairs]).toEqual(["faster", "globalping:London", 20]);
    const first = one.attempts.find(({ side }) => side === "plain")!;
    expect(first.us.time_connect).toBe(20_000);
    expect(first.us.time_total! - first.us.time_starttransfer!).toBe(5000);
    expect(first).toMatchObject({ status: 200, bytes: 1234, remote: "203.0.113.7:80" });
    expect(first.us).not.toHaveProperty("time_namelookup");
    // No warm-up: each request counts towards a limit.
    expect(api.asked).toHaveLength(40);
    expect(api.asked[0]).toMatchObject({
      type: "http",
      locations: [{ magic: "London" }],
      limit: 1,
      measurementOptions: {
        protocol: "HTTP",
        port: 80,
        request: { method: "GET", path: "/health", query: "deep=1", headers: { "X-Token": "a" } },
      },
    });
    expect(new Set(api.asked.slice(1).map(({ locations }) => locations))).toEqual(new Set(["1"]));
  });

  it("includes TLS and name resolution where used, and reads the token from the environment", async () => {
    const timings = { total: 100, dns: 5, tcp: 20, tls: 30, firstByte: 40, download: 5 };
    api.result = () => finished(100, { timings, headers: {}, truncated: true });
    const one = await measured({
      samples: 1,
      plain: endpointOf("https://www.example.com/", "--plain", { connectTo: "203.0.113.7:8443" }),
      accelerated: endpointOf("https://198.51.100.9/", "--accelerated"),
      env: { GLOBALPING_TOKEN: "hunter2" },
    });
    const { us, bytes } = one.attempts.find(({ side }) => side === "plain")!;
    expect([us, bytes]).toEqual([
      {
        time_namelookup: 5000,
        time_connect: 25_000,
        time_appconnect: 55_000,
        time_starttransfer: 95_000,
        time_total: 100_000,
      },
      undefined,
    ]);
    expect(api.asked.find(({ target }) => target === "203.0.113.7")?.measurementOptions).toMatchObject({
      protocol: "HTTPS",
      port: 8443,
      request: { host: "www.example.com" },
    });
    expect([...api.authorizations]).toEqual(["Bearer hunter2"]);
  });

  it("measures no more pairs than the limit leaves, and says so", async () => {
    api.left = 11;
    const said: string[] = [];
    const one = await measured({ emit: (event) => event.type === "notice" && said.push(event.message) });
    expect([one.pairs, one.verdict, codes(one), api.asked.length]).toEqual([5, "inconclusive", ["TooFewPairs"], 10]);
    expect(said).toEqual(["globalping:London allows 5 pairs now, not 20."]);
  });

  it.each<[string, (count: number) => Result, string, string]>([
    [
      "a failed request",
      () => ({ status: "failed", rawOutput: "connect ECONNREFUSED" }),
      "NeverAnswers",
      "RequestFailed",
    ],
    ["a time-out", () => ({ status: "failed", rawOutput: "Request timeout." }), "NeverAnswers", "TimedOut"],
    ["an error status", () => finished(1, { statusCode: 503 }), "NeverAnswers", "UnexpectedStatus"],
  ])("counts %s as a failure of the address", async (_what, result, reason, code) => {
    api.result = ({ target }, count) => (target === "198.51.100.9" ? result(count) : finished(100));
    const one = await measured();
    expect([one.verdict, codes(one), one.accelerated.failures[0]?.code]).toEqual(["inconclusive", [reason], code]);
  });

  it.each<[string, () => void, RegExp]>([
    [
      "a probe that disconnects",
      () => (api.result = (_, n) => (n > 9 ? { status: "offline", rawOutput: "" } : finished(9))),
      /went away/,
    ],
    ["a limit that others use up", () => (api.result = () => ((api.left = 0), finished(9))), /rate limit exceeded/],
    ["an API that cannot be reached", () => api.stop(), /fetch failed/],
  ])("gives no verdict on the addresses for %s", async (_what, prepare, message) => {
    prepare();
    const one = await measured();
    expect([one.verdict, codes(one)]).toEqual(["inconclusive", ["VantageFailed"]]);
    expect(one.reasons[0]!.message).toMatch(message);
    expect(one.accelerated.failed).toBe(0);
  });
});

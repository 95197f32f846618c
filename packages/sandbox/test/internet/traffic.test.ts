import { startInternet, Traffic } from "../../src/internet";
import type { Internet, Timing } from "../../src/internet";
import { routeFrom } from "../../src/internet/route";
import { connectHex, listener, lookupIn, plain, RawClient, target } from "./support";

const SERVED = "47.236.0.1";
const REFUSED = "47.236.0.2";
const SILENT = "47.236.0.3";

let internet: Internet;
const timings: Timing[] = [];
beforeAll(async () => {
  internet = await startInternet({
    lookup: lookupIn(
      plain(SERVED, target()),
      plain(REFUSED, target({ listeners: [listener({ port: 81 })] })),
      plain(SILENT),
    ),
    user: "hong-kong",
    silenceMs: 100,
    onTiming: (timing) => timings.push(timing),
  });
});
beforeEach(() => void timings.splice(0));
afterAll(() => internet.stop());

async function connected(ip: string): Promise<RawClient> {
  const client = await RawClient.connect(internet.port);
  client.sendHex(`050100${connectHex(ip, 80)}`);
  await client.receives(12);
  return client;
}

async function told(client: RawClient): Promise<Timing> {
  await client.until(() => timings.length > 0);
  return timings[0]!;
}

describe("the timing of a connection through the simulated internet", () => {
  it("is reported when it ends: about one round trip to connect, two to the first byte", async () => {
    const client = await connected(SERVED);
    client.socket.write("GET /bytes/30000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await client.ends();
    client.socket.destroy();
    const { at, connectMs, firstByteMs, totalMs, ...rest } = await told(client);
    const { rttMs } = routeFrom("hong-kong", "ap-southeast-1");
    expect(rest).toEqual({ user: "hong-kong", ip: SERVED, region: "ap-southeast-1" });
    expect(connectMs).toBeGreaterThanOrEqual(rttMs - 1);
    expect(firstByteMs! - connectMs!).toBeGreaterThanOrEqual(rttMs - 2);
    // 30 kB are more than a sender begins with: one round trip more.
    expect(totalMs! - firstByteMs!).toBeGreaterThanOrEqual(rttMs / 2);
    expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ["refused", REFUSED],
    ["never answered", SILENT],
  ])("has no times when the connection was %s", async (_, ip) => {
    const client = await connected(ip);
    expect(await told(client)).toEqual({ user: "hong-kong", ip, at: expect.any(Number) });
  });

  it("is not reported for a client that connects and sends no request", async () => {
    (await connected(SERVED)).socket.destroy();
    const second = await connected(SERVED);
    second.socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await second.ends();
    second.socket.destroy();
    await told(second);
    expect(timings).toHaveLength(1);
  });
});

describe("the traffic statistics", () => {
  const region = "ap-southeast-1";
  const one = (totalMs: number, more: Partial<Timing> = {}): Timing => ({
    user: "london",
    ip: SERVED,
    region,
    at: totalMs,
    connectMs: totalMs / 4,
    firstByteMs: totalMs / 2,
    totalMs,
    ...more,
  });

  it("is undefined before the first request", () => {
    expect(new Traffic().times("london", SERVED, region)).toBeUndefined();
  });

  it.each([
    [[100], 100],
    [[300, 100], 200],
    [[900, 100, 300], 300],
    // Only the latest forty count.
    [[...Array.from({ length: 40 }, () => 9000), ...Array.from({ length: 40 }, () => 50)], 50],
  ])("is the median of %j", (totals, median) => {
    const traffic = new Traffic();
    for (const total of totals) traffic.add(one(total));
    expect(traffic.times("london", SERVED, region)).toMatchObject({ totalMs: median, connectMs: median / 4 });
  });

  it("counts failed requests, and keeps users, addresses and regions apart", () => {
    const traffic = new Traffic();
    let told = 0;
    traffic.on(() => (told += 1));
    traffic.add(one(100));
    traffic.add({ user: "london", ip: SERVED, at: 7 });
    traffic.add(one(500, { user: "tokyo" }));
    traffic.add(one(700, { region: "eu-central-1" }));
    expect(traffic.times("london", SERVED, region)).toMatchObject({ totalMs: 100, answered: 1, failed: 1 });
    expect(traffic.times("london", REFUSED, region)).toBeUndefined();
    expect(traffic.usersOf([SERVED], ["paris", "tokyo", "london"])).toEqual(["tokyo", "london"]);
    expect(told).toBe(4);
  });

  it("drops the least recently used pair when there are more than a thousand", () => {
    const traffic = new Traffic();
    for (let n = 0; n < 1000; n += 1) traffic.add(one(10, { ip: `ip-${n}` }));
    traffic.add(one(10, { ip: "ip-0" }));
    traffic.add(one(10, { ip: "new" }));
    expect(traffic.times("london", "ip-0", region)).toBeDefined();
    expect(traffic.times("london", "ip-1", region)).toBeUndefined();
  });
});

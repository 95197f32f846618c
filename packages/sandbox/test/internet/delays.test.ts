import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { startInternet } from "../../src/internet";
import type { Internet, InternetEvent } from "../../src/internet";
import { delayBytes } from "../../src/internet/delay-line";
import { anycast, backEnd, connectHex, listener, lookupIn, plain, RawClient, target } from "./support";

const PLAIN = "47.236.0.1";
const ANYCAST = "139.95.0.1";
const events: InternetEvent[] = [];
let internet: Internet;

beforeAll(async () => {
  internet = await startInternet({
    lookup: lookupIn(
      plain(PLAIN, target()),
      anycast(ANYCAST, target()),
      plain("47.236.0.2", target({ listeners: [listener({ backEnds: [backEnd({ healthy: false })] })] })),
      anycast(
        "139.95.0.2",
        target({ region: "eu-central-1", listeners: [listener({ backEnds: [backEnd({ serverId: "i-gw81" })] })] }),
        target({ region: "cn-hongkong", listeners: [listener({ backEnds: [backEnd({ serverId: "i-j6c1" })] })] }),
        target({ accessPoints: ["eu-west-1-pop"] }),
      ),
    ),
    onEvent: (event) => events.push(event),
  });
});
afterAll(() => internet.stop());

interface Timing {
  readonly connect: number;
  readonly firstByte: number;
  readonly total: number;
  readonly text: string;
}

async function get(ip: string, path = "/", user?: string, port = internet.port): Promise<Timing> {
  const client = await RawClient.connect(port);
  const began = performance.now();
  const name = Buffer.from(user ?? "").toString("hex");
  const preface = user === undefined ? "0500" : "05020100";
  client.sendHex(user === undefined ? "050100" : `050102 01 ${user.length.toString(16).padStart(2, "0")} ${name} 00`);
  client.sendHex(connectHex(ip, 80));
  const head = preface.length / 2 + 10;
  await client.receives(head);
  expect(client.received[head - 9]).toBe(0);
  const connect = performance.now() - began;
  client.socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  await client.receives(head + 1);
  const firstByte = performance.now() - began;
  await client.ends();
  return { connect, firstByte, total: performance.now() - began, text: client.received.toString("latin1", head) };
}

const least = (timings: readonly Timing[], key: "connect" | "firstByte"): number =>
  Math.min(...timings.map((one) => one[key]));

describe("the delays of the simulated internet", () => {
  it("are those of a user in London on a service in Singapore: one round trip to connect, another to the first byte", async () => {
    const timings = await Promise.all(Array.from({ length: 8 }, () => get(PLAIN)));
    expect(least(timings, "connect")).toBeGreaterThan(170);
    expect(least(timings, "connect")).toBeLessThan(280);
    expect(least(timings, "firstByte")).toBeGreaterThan(340);
    expect(least(timings, "firstByte")).toBeLessThan(540);
    expect(timings[0]?.text).toContain("Hello from i-t4n1 in ap-southeast-1, in the sandbox");
  });

  it("are shorter through the nearest access point", async () => {
    const timings = await Promise.all(Array.from({ length: 8 }, () => get(ANYCAST)));
    expect(least(timings, "connect")).toBeGreaterThan(130);
    expect(least(timings, "connect")).toBeLessThan(179);
    expect(least(timings, "firstByte")).toBeGreaterThan(260);
    expect(least(timings, "firstByte")).toBeLessThan(360);
    expect(events.at(-1)?.route?.accessPoint).toBe("eu-west-1-pop");
  });

  it.each([
    ["london", "eu-west-1-pop", "i-t4n1"],
    ["frankfurt", "eu-central-1-pop", "i-gw81"],
    ["tokyo", "cn-hongkong-pop", "i-j6c1"],
    ["singapore", "ap-southeast-1-pop", "i-j6c1"],
  ])("a user in %s enters at %s and reaches %s", async (user, accessPoint, server) => {
    const { text } = await get("139.95.0.2", "/", user);
    expect(text).toContain(`X-Anycast-Sandbox: ${server}`);
    expect(events.at(-1)).toMatchObject({ user, route: { accessPoint } });
  });

  it("are followed by a 503 of the HTTP listener itself when it has no healthy back end", async () => {
    expect((await get("47.236.0.2")).text).toMatch(/^HTTP\/1\.1 503 /);
  });

  it("shrink by about the same factor for a megabyte as for a small answer: window and bandwidth limits apply to both paths", async () => {
    // Slower than life, so that a busy machine adds little to it.
    const slow = await startInternet({
      lookup: lookupIn(plain(PLAIN, target()), anycast(ANYCAST, target())),
      speed: 0.15,
      user: "hong-kong",
    });
    const middle = async (ip: string, path: string): Promise<number> => {
      const all = await Promise.all(Array.from({ length: 5 }, () => get(ip, path, undefined, slow.port)));
      return all.map(({ total }) => total).sort((a, b) => a - b)[2]!;
    };
    const saved = async (path: string): Promise<number> =>
      1 - (await middle(ANYCAST, path)) / (await middle(PLAIN, path));
    const large = await saved("/bytes/1000000");
    await slow.stop();
    // A small answer is 20 % faster, by the lengths of both ways.
    expect(large).toBeGreaterThan(0.02);
    expect(large).toBeLessThan(0.4);
  });

  it("are several round trips for a large answer, because a sender begins with a few segments", async () => {
    const { firstByte, total } = await get(ANYCAST, "/bytes/400000", "london");
    // 10, 20, 40, 80 and the rest of 275 segments: three more round trips of 145 ms at least.
    expect(total - firstByte).toBeGreaterThan(3 * 140);
    expect(total - firstByte).toBeLessThan(6 * 300);
  });

  it("leave a large answer complete and in order", async () => {
    const { text, firstByte, total } = await get(PLAIN, "/bytes/3000000", "hong-kong");
    expect(text.slice(text.indexOf("\r\n\r\n") + 4)).toBe("x".repeat(3_000_000));
    expect(total - firstByte).toBeLessThan(3000);
    expect((await get(PLAIN, "/bytes/99999999", "singapore")).text).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe("a delay line", () => {
  async function pair(): Promise<{ server: Server; near: RawClient; far: Socket }> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
    const near = await RawClient.connect((server.address() as AddressInfo).port);
    return { server, near, far: await accepted };
  }

  it("keeps the order even when a later piece would be faster", async () => {
    const [a, b] = [await pair(), await pair()];
    const delays = [80, 1, 40, 1];
    delayBytes(a.far, b.far, () => delays.shift() ?? 1);
    for (const piece of ["one ", "two ", "three ", "four"]) {
      a.near.socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    a.near.socket.end();
    await b.near.until(() => b.near.socket.readableEnded);
    expect(b.near.received.toString()).toBe("one two three four");
    for (const one of [a, b]) {
      one.near.socket.destroy();
      one.far.destroy();
      one.server.close();
    }
  });

  it("passes a broken connection on as a broken connection", async () => {
    const [a, b] = [await pair(), await pair()];
    const seen = new Promise<unknown>((resolve) => b.near.socket.once("error", resolve));
    a.far.on("error", () => undefined);
    delayBytes(a.far, b.far, () => 5);
    a.near.socket.resetAndDestroy();
    expect(await seen).toMatchObject({ code: "ECONNRESET" });
    for (const one of [a, b]) one.server.close();
  });
});

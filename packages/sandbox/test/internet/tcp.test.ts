import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { Congestion, SEGMENT } from "../../src/internet/congestion";
import { seededRandom } from "../../src/internet/random";
import { REGIONS, USER_LOCATIONS } from "../../src/internet/places";
import type { UserLocation } from "../../src/internet/places";
import { routeFrom } from "../../src/internet/route";
import type { Route } from "../../src/internet/route";
import { sendOver } from "../../src/internet/tcp-line";
import { RawClient } from "./support";

/** Mathis, Semke, Mahdavi and Ott, “The macroscopic behavior of the TCP congestion avoidance algorithm”, 1997. */
const mathisSegments = (loss: number): number => Math.sqrt(3 / 2 / loss);

describe("a sender's window", () => {
  it.each([0.01, 0.001])("is that of Mathis’s formula when a share of %d of its segments gets lost", (loss) => {
    const congestion = new Congestion(Infinity);
    let [sent, sum] = [0, 0];
    // The first losses end the slow start; from then on it goes up and down alike.
    const [skipped, trips] = [Math.ceil(20 / Math.sqrt(loss)), Math.ceil(200 / Math.sqrt(loss))];
    for (let trip = 0; trip < skipped + trips; trip += 1) {
      const segments = Math.floor(congestion.bytes / SEGMENT);
      for (let n = 0; n < segments; n += 1) {
        sent += 1;
        if (sent % Math.round(1 / loss) === 0) congestion.lost(trip, 1);
        else congestion.acknowledged(SEGMENT);
      }
      if (trip >= skipped) sum += segments;
    }
    expect(sum / trips / mathisSegments(loss)).toBeGreaterThan(0.9);
    expect(sum / trips / mathisSegments(loss)).toBeLessThan(1.1);
  });

  it("doubles with each round trip until it is the receiver's, and counts the losses of one round trip once", () => {
    const congestion = new Congestion(100 * SEGMENT);
    const windows = [0, 1, 2, 3, 4].map(() => {
      const { bytes } = congestion;
      congestion.acknowledged(bytes);
      return bytes / SEGMENT;
    });
    expect(windows).toEqual([10, 20, 40, 80, 100]);
    for (const at of [0, 0.2, 0.9]) congestion.lost(at, 1);
    expect(congestion.bytes / SEGMENT).toBeCloseTo(70);
    congestion.lost(1, 1);
    expect(congestion.bytes / SEGMENT).toBeCloseTo(49);
  });
});

describe("a megabyte", () => {
  it("meets no loss in most transfers, wherever it goes: a longer way costs it the same share as a small answer", () => {
    const losses = Object.keys(USER_LOCATIONS).flatMap((user) =>
      Object.keys(REGIONS).map((region) => routeFrom(user as UserLocation, region).loss),
    );
    expect((1 - Math.max(...losses)) ** Math.ceil(1_000_000 / SEGMENT)).toBeGreaterThan(0.5);
  });
});

const PATH: Route = { legs: [], rttMs: 60, jitterMs: 0, loss: 0, windowBytes: 2 ** 20, bytesPerMs: 12_500 };

/** How long a body takes from its first byte to its last over a path, in milliseconds. */
async function transferMs(path: Partial<Route>, bytes: number, seed = 1): Promise<number> {
  const sockets: Socket[] = [];
  const listening = async (onSocket: (socket: Socket) => void): Promise<{ server: Server; port: number }> => {
    const server = createServer({ allowHalfOpen: true }, (socket) => (sockets.push(socket), onSocket(socket)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, port: (server.address() as AddressInfo).port };
  };
  const source = await listening((socket) => void socket.end(Buffer.alloc(bytes, "x")));
  const near = await listening((socket) => {
    void RawClient.connect(source.port).then(({ socket: from }) => {
      from.removeAllListeners("data");
      sendOver(from, socket, { ...PATH, ...path }, seededRandom(seed), { speed: 1, onArrival: () => undefined });
      sockets.push(from);
    });
  });
  const client = await RawClient.connect(near.port);
  await client.receives(1);
  const began = performance.now();
  await client.receives(bytes);
  const took = performance.now() - began;
  for (const one of [...sockets, client.socket]) one.destroy();
  source.server.close();
  near.server.close();
  return took;
}

describe("a long body", () => {
  it("takes a round trip per window, where nothing gets lost", async () => {
    const took = await transferMs({ windowBytes: 64 * 1024 }, 1_000_000);
    // 15.3 windows; the first ones are not full yet.
    expect(took).toBeGreaterThan(14 * 60);
    expect(took).toBeLessThan(2 * 20 * 60);
  });

  it("is no faster than the narrowest part of its way", async () => {
    expect(await transferMs({ bytesPerMs: 1000 }, 1_000_000)).toBeGreaterThan(950);
  });

  it("is as fast over a path with loss as Mathis's formula says", async () => {
    const [loss, bytes] = [0.004, 1_000_000];
    const took = await Promise.all(Array.from({ length: 12 }, (_, seed) => transferMs({ loss }, bytes, seed)));
    const mean = took.reduce((sum, one) => sum + one, 0) / took.length;
    // A slow start comes first, and a dozen transfers are few: the formula is what long ones settle at.
    const predicted = (60 * bytes) / SEGMENT / mathisSegments(loss);
    expect(mean / predicted).toBeGreaterThan(0.45);
    expect(mean / predicted).toBeLessThan(2);
  });
});

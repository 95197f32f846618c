import { startInternet } from "../../src/internet";
import type { Internet, InternetEvent } from "../../src/internet";
import { backEnd, connectHex, listener, lookupIn, plain, RawClient, target } from "./support";

const IPV6 = "2001:db8::1";
const events: InternetEvent[] = [];
let internet: Internet;
const clients: RawClient[] = [];

beforeAll(async () => {
  internet = await startInternet({
    lookup: (ip) =>
      ip === "47.236.0.99"
        ? Promise.reject(new Error("the cloud is on fire"))
        : lookupIn(
            plain("47.236.0.1", target()),
            plain("47.236.0.2"),
            plain("47.236.0.3", target({ active: false })),
            plain("47.236.0.4", target({ listeners: [listener({ running: false })] })),
            plain("47.236.0.5", target({ listeners: [listener({ protocol: "udp" })] })),
            plain("47.236.0.6", target({ listeners: [listener({ protocol: "tcp", backEnds: [] })] })),
            plain(
              "47.236.0.7",
              target({ listeners: [listener({ protocol: "tcp", backEnds: [backEnd({ healthy: false })] })] }),
            ),
            plain(
              "47.236.0.8",
              target({ listeners: [listener({ protocol: "tcp", backEnds: [backEnd({ weight: 0 })] })] }),
            ),
            plain("47.236.0.9", target({ region: "mars-north-1" })),
            plain(IPV6, target()),
          )(ip),
    speed: 50,
    silenceMs: 2000,
    negotiationMs: 300,
    onEvent: (event) => events.push(event),
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});
afterAll(() => internet.stop());

async function client(): Promise<RawClient> {
  const one = await RawClient.connect(internet.port);
  clients.push(one);
  return one;
}

describe("the access network's SOCKS proxy", () => {
  it.each([
    ["an HTTP request", Buffer.from("GET / HTTP/1.1\r\n\r\n").toString("hex")],
    ["SOCKS 4", "04 01 0050 2f ec 00 01 00"],
    ["a greeting without methods", "05 00"],
    ["a TLS hello", "16 03 01 00 05"],
    ["a request whose reserved byte is set", "05 01 00 05 01 ff 01 2fec0001 0050"],
    ["a request of another version", "05 01 00 04 01 00 01 2fec0001 0050"],
    ["an empty host name", "05 01 00 05 01 00 03 00 0050"],
    ["a user name negotiation of another version", "05 01 02 05 01 61 00"],
    ["an empty user name", "05 01 02 01 00 00"],
  ])("closes the connection on %s without answering a request", async (_what, hex) => {
    const one = await client();
    one.sendHex(hex);
    await one.ends();
    expect(one.received.length).toBeLessThanOrEqual(2);
  });

  it("refuses a client that offers no supported method", async () => {
    const one = await client();
    one.sendHex("05 02 01 80");
    await one.ends();
    expect(one.received.toString("hex")).toBe("05ff");
  });

  it.each([
    ["an address of the real internet", connectHex("8.8.8.8", 80), 2],
    ["loopback", connectHex("127.0.0.1", 80), 2],
    ["an unknown IPv6 address", "05 01 00 04 20010db8000000000000000000000002 0050", 2],
    ["a host name", "05 01 00 03 0b 6578616d706c652e636f6d 0050", 2],
    ["an unbound address, after a time-out", connectHex("47.236.0.2", 80), 4],
    ["a port without a listener", connectHex("47.236.0.1", 81), 5],
    ["a load balancer out of service", connectHex("47.236.0.3", 80), 5],
    ["a stopped listener", connectHex("47.236.0.4", 80), 5],
    ["a UDP listener", connectHex("47.236.0.5", 80), 5],
    ["a TCP listener without back ends", connectHex("47.236.0.6", 80), 5],
    ["a TCP listener whose only back end is unhealthy", connectHex("47.236.0.7", 80), 5],
    ["a TCP listener whose only back end has weight 0", connectHex("47.236.0.8", 80), 5],
    ["the command BIND", connectHex("47.236.0.1", 80).replace(/^0501/, "0502"), 7],
    ["the command UDP ASSOCIATE", connectHex("47.236.0.1", 80).replace(/^0501/, "0503"), 7],
    ["an unknown address type", "05 01 00 09 2fec0001 0050", 8],
    ["an address whose lookup fails", connectHex("47.236.0.99", 80), 1],
    ["an address in a region that is not on the map", connectHex("47.236.0.9", 80), 1],
  ])("refuses %s", async (_what, request, reply) => {
    const one = await client();
    one.sendHex(`05 01 00 ${request}`);
    await one.ends();
    expect(one.received.toString("hex")).toBe(`0500050${reply}0001000000000000`);
  });

  it("connects to a simulated IPv6 address", async () => {
    const one = await client();
    one.sendHex("05 01 00 05 01 00 04 20010db8000000000000000000000001 0050");
    await one.receives(12);
    expect(one.received.toString("hex")).toBe("050005000001000000000000");
  });

  it("serves a client that sends one byte at a time", async () => {
    const one = await client();
    for (const byte of Buffer.from(`050100${connectHex("47.236.0.1", 80)}`, "hex")) {
      one.socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await one.receives(12);
    expect(one.received.toString("hex", 2, 4)).toBe("0500");
  });

  it("passes on what a client sent before the reply", async () => {
    const one = await client();
    const request = Buffer.from("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").toString("hex");
    one.sendHex(`050100${connectHex("47.236.0.1", 80)}${request}`);
    await one.ends();
    expect(one.received.toString("latin1", 12)).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it.each([
    ["sends nothing", ""],
    ["stops in the middle of its greeting", "05"],
    ["stops in the middle of its request", "05 01 00 05 01 00"],
  ])("gives up on a client that %s", async (_what, hex) => {
    const one = await client();
    const began = performance.now();
    one.sendHex(hex);
    await one.ends();
    expect(performance.now() - began).toBeGreaterThan(250);
    expect(events.at(-1)).toEqual({ outcome: "misspoken", message: "timeout" });
  });

  it("takes the user's location from the user name, and refuses an unknown one", async () => {
    const tokyo = await client();
    tokyo.sendHex(`050102 01 05 ${Buffer.from("tokyo").toString("hex")} 01 78 ${connectHex("47.236.0.1", 80)}`);
    await tokyo.receives(14);
    expect(tokyo.received.toString("hex", 0, 6)).toBe("050201000500");
    expect(events.at(-1)).toMatchObject({ outcome: "open", user: "tokyo", to: "47.236.0.1:80" });

    const mars = await client();
    mars.sendHex(`050102 01 04 ${Buffer.from("mars").toString("hex")} 01 78`);
    await mars.ends();
    expect(mars.received.toString("hex")).toBe("05020101");
  });

  it("listens on loopback only, and frees its port when stopped", async () => {
    const other = await startInternet({ lookup: lookupIn() });
    expect(other.env).toMatchObject({ ANYCAST_SANDBOX_INTERNET: `socks5://127.0.0.1:${other.port}` });
    const waiting = await RawClient.connect(other.port);
    await other.stop();
    await waiting.ends();
    await expect(RawClient.connect(other.port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

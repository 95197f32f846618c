import { connect } from "node:net";
import type { Socket } from "node:net";
import type { BackEnd, Listener, Lookup, PublicAddress, Target } from "../../src/internet";

export const backEnd = (more: Partial<BackEnd> = {}): BackEnd => ({
  serverId: "i-t4n1",
  port: 80,
  weight: 100,
  healthy: true,
  ...more,
});

export const listener = (more: Partial<Listener> = {}): Listener => ({
  port: 80,
  protocol: "http",
  running: true,
  backEnds: [backEnd()],
  ...more,
});

export const target = (more: Partial<Target> = {}): Target => ({
  loadBalancerId: "lb-t4n1",
  region: "ap-southeast-1",
  active: true,
  accessPoints: [],
  listeners: [listener()],
  ...more,
});

export const plain = (ip: string, ...targets: Target[]): PublicAddress => ({
  ip,
  kind: "plain",
  accessPoints: [],
  targets,
});

export const anycast = (ip: string, ...targets: Target[]): PublicAddress => ({
  ip,
  kind: "anycast",
  accessPoints: ["cn-hongkong-pop", "ap-southeast-1-pop", "eu-central-1-pop", "eu-west-1-pop"],
  targets,
});

export const lookupIn =
  (...addresses: PublicAddress[]): Lookup =>
  (ip) =>
    Promise.resolve(addresses.find((one) => one.ip === ip));

/** A client that speaks raw bytes. */
export class RawClient {
  public received = Buffer.alloc(0);
  public closed = false;

  private constructor(public readonly socket: Socket) {
    socket.on("data", (chunk) => (this.received = Buffer.concat([this.received, chunk])));
    socket.on("error", () => undefined);
    socket.on("close", () => (this.closed = true));
  }

  public static connect(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true }, () =>
        resolve(new RawClient(socket)),
      );
      socket.once("error", reject);
    });
  }

  /** Sends bytes given as hex, blanks ignored. */
  public sendHex(hex: string): void {
    this.socket.write(Buffer.from(hex.replaceAll(" ", ""), "hex"));
  }

  public async until(condition: () => boolean, ms = 30_000): Promise<void> {
    const end = performance.now() + ms;
    while (!condition()) {
      if (performance.now() > end) throw new Error(this.late(ms));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  private late(ms: number): string {
    const begin = this.received.subarray(0, 64).toString("hex");
    return `not within ${ms} ms; received ${this.received.length} bytes, which begin with ${begin}`;
  }

  public receives(count: number): Promise<void> {
    return this.until(() => this.received.length >= count);
  }

  /** Waits until the other side hangs up, one way or the other. */
  public ends(): Promise<void> {
    return this.until(() => this.closed || this.socket.readableEnded);
  }
}

/** CONNECT to an IPv4 address, as hex. */
export function connectHex(ip: string, port: number): string {
  const bytes = Buffer.from([5, 1, 0, 1, ...ip.split(".").map(Number), port >> 8, port & 255]);
  return bytes.toString("hex");
}

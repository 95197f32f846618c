import type { Socket } from "node:net";
import type { Timing } from "./traffic";

/** Takes the times of one connection, from the moment that it was asked for. */
export class Stopwatch {
  private connectMs: number | undefined;
  private firstByteMs: number | undefined;
  private totalMs: number | undefined;
  private region: string | undefined;
  private asked = false;

  /** @param began on the clock of performance.now() */
  public constructor(
    private readonly began: number,
    private readonly of: Pick<Timing, "user" | "ip">,
    private readonly tell: (timing: Timing) => void,
  ) {}

  /** The client may send from now on; the times are reported when it has disconnected. */
  public connected(client: Socket, region: string): void {
    this.connectMs = this.now();
    this.region = region;
    client.once("data", () => (this.asked = true));
    // A client that opens a connection and sends nothing has not seen a failure.
    client.once("close", () => void (this.asked && this.ended()));
  }

  /** Some of the answer is there. */
  public arrived(): void {
    this.totalMs = this.now();
    this.firstByteMs ??= this.totalMs;
  }

  public ended(): void {
    const { connectMs, firstByteMs, totalMs, region } = this;
    this.tell({
      ...this.of,
      at: Date.now(),
      ...(region === undefined ? {} : { region }),
      ...(connectMs === undefined ? {} : { connectMs }),
      ...(firstByteMs === undefined || totalMs === undefined ? {} : { firstByteMs, totalMs }),
    });
  }

  private now(): number {
    return performance.now() - this.began;
  }
}

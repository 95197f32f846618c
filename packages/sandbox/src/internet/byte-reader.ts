import type { Socket } from "node:net";
import type { Parsed } from "./socks-message";

/** Why a conversation stopped before a message was complete. */
export type ReadFailure = "garbage" | "closed" | "timeout";

/**
 * Reads messages from a socket, one at a time, until it is handed over: what a client sent beyond its last message
 * stays in the socket for the next reader.
 */
export class ByteReader {
  private bytes = Buffer.alloc(0);

  public constructor(private readonly socket: Socket) {
    socket.pause();
  }

  /** The next message, or why there is none. Waits at most until `deadline` (on the clock of performance.now()). */
  public async next<T>(parse: (bytes: Buffer) => Parsed<T>, deadline: number): Promise<T | { failure: ReadFailure }> {
    for (;;) {
      const parsed = parse(this.bytes);
      if (parsed.kind === "garbage") return { failure: "garbage" };
      if (parsed.kind === "message") {
        this.bytes = this.bytes.subarray(parsed.length);
        return parsed.message;
      }
      const more = await this.more(deadline);
      if (typeof more === "string") return { failure: more };
      this.bytes = Buffer.concat([this.bytes, more]);
    }
  }

  /** Gives back what was read too far; the socket stays paused. */
  public handOver(): void {
    if (this.bytes.length > 0) this.socket.unshift(this.bytes);
    this.bytes = Buffer.alloc(0);
  }

  private more(deadline: number): Promise<Buffer | "closed" | "timeout"> {
    return new Promise((resolve) => {
      const socket = this.socket;
      const done = (result: Buffer | "closed" | "timeout"): void => {
        clearTimeout(timer);
        socket.pause();
        socket.off("data", done).off("end", closed).off("close", closed);
        resolve(result);
      };
      const closed = (): void => done("closed");
      const timer = setTimeout(() => done("timeout"), Math.max(0, deadline - performance.now()));
      if (socket.destroyed || socket.readableEnded) return closed();
      socket.on("data", done).on("end", closed).on("close", closed);
      socket.resume();
    });
  }
}

export function isFailure(result: unknown): result is { failure: ReadFailure } {
  return typeof result === "object" && result !== null && "failure" in result;
}

import type { ServerResponse } from "node:http";
import { HEADERS } from "./headers";

/** Most pages that may be connected at once; a browser allows six. */
const MOST_STREAMS = 32;
/** Bytes a page may be behind before its connection is cut; it comes back and begins again. */
const MOST_BEHIND = 8 * 1024 * 1024;
/** A line now and then shows both ends that the other is still there, in milliseconds. */
const HEARTBEAT = 15_000;
/** How long an ending stream may take to send what it has, in milliseconds. */
const END_WAIT = 500;

/** One message to the pages. */
export interface Message {
  readonly event: "all" | "changed" | "log" | "stopped";
  readonly data: unknown;
}

/** Server-Sent Events: the connected pages and what they receive. */
export class EventStream {
  private readonly open = new Set<ServerResponse>();
  private readonly heartbeat = setInterval(() => this.write(":\n\n"), HEARTBEAT).unref();
  private ending: Promise<void> | undefined;

  /**
   * Begins a stream with what the page needs first.
   * @returns false when too many watch already, or this is the end
   */
  public begin(response: ServerResponse, first: () => Message): boolean {
    if (this.ending !== undefined || this.open.size >= MOST_STREAMS) return false;
    // Read before this page receives events: what it has from the start is not sent again.
    const message = first();
    response.writeHead(200, { ...HEADERS, "Content-Type": "text/event-stream; charset=utf-8" });
    this.open.add(response);
    // A page that disconnects during a write is no failure of ours.
    response.on("error", () => response.destroy()).once("close", () => this.open.delete(response));
    response.write(`retry: 1000\n\n${encoded(message)}`);
    return true;
  }

  /** Whether any page watches. */
  public get watched(): boolean {
    return this.open.size > 0;
  }

  public send(message: Message): void {
    if (this.open.size > 0) this.write(encoded(message));
  }

  /** Tells every page that this is the end. */
  public end(): Promise<void> {
    return (this.ending ??= this.endAll());
  }

  private async endAll(): Promise<void> {
    clearInterval(this.heartbeat);
    const last = encoded({ event: "stopped", data: {} });
    const ended = [...this.open].map((response) => new Promise<void>((resolve) => response.end(last, resolve)));
    let late: NodeJS.Timeout | undefined;
    await Promise.race([Promise.all(ended), new Promise((resolve) => (late = setTimeout(resolve, END_WAIT)))]);
    clearTimeout(late);
    for (const response of this.open) response.destroy();
  }

  private write(text: string): void {
    for (const response of this.open) {
      if (response.writableLength > MOST_BEHIND) response.destroy();
      else response.write(text);
    }
  }
}

/** JSON holds no line break, so one data line is enough. */
const encoded = ({ event, data }: Message): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

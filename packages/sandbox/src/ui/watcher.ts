import type { Cloud } from "../cloud/contract";
import type { Message } from "./event-stream";
import type { LogEntry } from "./request-log";
import { RequestLog } from "./request-log";
import { StatusTimes } from "./status-times";
import { pageState } from "./view";
import type { PageState } from "./view";

/** How often statuses that pass with time are looked at, in milliseconds. */
const LOOK_EVERY = 500;
/** Many changes in a row are told together, at most this late, in milliseconds. */
const TELL_AFTER = 100;
/** Looking may take one part in so many of the time: a cloud with thousands of objects is looked at less often. */
const SHARE = 20;

/** What the page needs of the cloud. */
export type Watched = Pick<Cloud, "snapshot" | "on">;

/** Looks at a cloud as it changes and tells what is new. */
export class Watcher {
  private readonly times = new StatusTimes();
  private readonly requests = new RequestLog();
  private readonly stopListening: () => void;
  private state: PageState;
  private told: string;
  private untold: LogEntry[] = [];
  private next: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  private flush: NodeJS.Timeout | undefined;
  private stopped = false;
  /** What the last look took, in milliseconds. */
  private cost = 0;

  /**
   * @param tell told each message
   * @param onClosed called when the cloud was closed: there is nothing more to see
   */
  public constructor(
    private readonly cloud: Watched,
    private readonly tell: (message: Message) => void,
    onClosed: () => void,
  ) {
    this.state = pageState(cloud.snapshot(), this.times);
    this.told = JSON.stringify(this.state);
    this.stopListening = cloud.on((event) => {
      if (event.type === "call") this.logged(this.requests.add(event));
      else if (event.type === "closed") onClosed();
      else this.lookIn(TELL_AFTER);
    });
    this.lookIn(LOOK_EVERY);
  }

  /** All there is to show now. */
  public everything(): Message {
    this.look();
    this.tellLog();
    return { event: "all", data: { state: this.state, log: this.requests.entries } };
  }

  /** Tells what is still to be told, and looks no more. */
  public stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.stopListening();
    clearTimeout(this.next?.timer);
    this.look();
    this.tellLog();
  }

  private lookIn(least: number): void {
    const delay = Math.max(least, this.cost * SHARE);
    const at = performance.now() + delay;
    if (this.stopped || (this.next !== undefined && this.next.at <= at)) return;
    clearTimeout(this.next?.timer);
    const timer = setTimeout(() => {
      this.next = undefined;
      this.look();
      this.lookIn(LOOK_EVERY);
    }, delay);
    this.next = { at, timer: timer.unref() };
  }

  private look(): void {
    const began = performance.now();
    this.state = pageState(this.cloud.snapshot(), this.times);
    const text = JSON.stringify(this.state);
    if (text !== this.told) {
      this.told = text;
      this.tell({ event: "state", data: this.state });
    }
    this.cost = performance.now() - began;
  }

  private logged(entry: LogEntry): void {
    this.untold.push(entry);
    this.flush ??= setTimeout(() => this.tellLog(), TELL_AFTER).unref();
  }

  private tellLog(): void {
    clearTimeout(this.flush);
    this.flush = undefined;
    if (this.untold.length > 0) this.tell({ event: "log", data: this.untold.splice(0) });
  }
}

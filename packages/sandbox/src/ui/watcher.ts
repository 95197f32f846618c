import type { Cloud } from "../cloud/contract";
import type { Traffic } from "../internet/traffic";
import type { Message } from "./event-stream";
import type { LogEntry } from "./request-log";
import { RequestLog } from "./request-log";
import { StatusTimes } from "./status-times";
import { Inventory, keyOfBinding, keyOfObject } from "./view/inventory";
import { pageState } from "./view/page-state";
import type { PageState } from "./view/page-state";
import type { Query } from "./view/query";

/** How often statuses that pass with time are looked at, in milliseconds. */
const LOOK_EVERY = 500;
/** Consecutive changes are sent together, at most this late, in milliseconds. */
const TELL_AFTER = 100;
/** Looking may take one part in so many of the time: a cloud with thousands of objects is looked at less often. */
const SHARE = 20;

/** What the page needs of the cloud. */
export type Watched = Pick<Cloud, "snapshot" | "on">;

/** Observes a cloud. The pages are notified of a change, and request what they show of it. */
export class Watcher {
  private readonly times = new StatusTimes();
  private readonly requests = new RequestLog();
  private readonly stopListening: readonly (() => void)[];
  private inventory: Inventory;
  private seen = "";
  private untold: LogEntry[] = [];
  private next: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  private flush: NodeJS.Timeout | undefined;
  private stopped = false;
  /** What the last look took, in milliseconds. */
  private cost = 0;

  /**
   * @param traffic what connections through the simulated internet take; undefined when it does not exist
   * @param tell receives each message
   * @param onClosed called when the cloud was closed: there is nothing more to see
   */
  public constructor(
    private readonly cloud: Watched,
    private readonly traffic: Traffic | undefined,
    private readonly tell: (message: Message) => void,
    onClosed: () => void,
  ) {
    this.inventory = this.take();
    this.stopListening = [
      cloud.on((event) => {
        if (event.type === "call") this.logged(this.requests.add(event));
        else if (event.type === "closed") onClosed();
        else this.lookIn(TELL_AFTER);
      }),
      traffic?.on(() => {
        this.seen = "";
        this.lookIn(TELL_AFTER);
      }) ?? (() => undefined),
    ];
    this.lookIn(LOOK_EVERY);
  }

  /** What a page needs to begin with. */
  public beginning(): Message {
    this.tellLog();
    return { event: "all", data: { log: this.requests.entries } };
  }

  /** What a page shows now. */
  public state(query: Query): PageState {
    if (!this.stopped) this.look();
    return pageState(this.inventory, this.traffic, query);
  }

  /** Sends what is still pending, and stops observing. @returns whether pages have something to request because of it */
  public stop(): boolean {
    if (this.stopped) return false;
    this.stopped = true;
    for (const stop of this.stopListening) stop();
    clearTimeout(this.next?.timer);
    this.tellLog();
    return this.look();
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

  /** @returns whether there is something new */
  private look(): boolean {
    const began = performance.now();
    const before = this.seen;
    this.inventory = this.take();
    const changed = this.seen !== before;
    if (changed) this.tell({ event: "changed", data: {} });
    this.cost = performance.now() - began;
    return changed;
  }

  private take(): Inventory {
    const snapshot = this.cloud.snapshot();
    const { objects, bindings, at } = snapshot;
    this.seen = JSON.stringify([objects, bindings]);
    const statuses = [
      ...objects.map((object) => [keyOfObject(object), object.status] as const),
      ...bindings.map((binding) => [keyOfBinding(binding), binding.status] as const),
    ];
    return new Inventory(snapshot, this.times.look(statuses, at));
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

import type { Socket } from "node:net";
import { Congestion, SEGMENT } from "./congestion";
import { exponential } from "./random";
import type { Random } from "./random";
import type { Route } from "./route";

/** What goes out together: a timer for each segment would cost more than it shows. */
const BURST = 16 * SEGMENT;
/** Most bytes read ahead of what is on its way. */
const READ_AHEAD = 4 * 1024 * 1024;
/** Least wait for a lost segment that nothing follows, on Linux. */
const TIMEOUT_MS = 200;

export interface SendOptions {
  /** Divides every delay. */
  readonly speed: number;
  /** Called each time that bytes reach the client. */
  readonly onArrival: () => void;
}

/**
 * Carries what a server sends to a client as TCP does: it begins with a few segments, sends more with each that was
 * acknowledged up to the window, no faster than the bandwidth, and fewer after a loss. So a large body takes several round
 * trips, and a path that loses segments slows it down. After a loss the client acknowledges what follows (SACK), and has to
 * wait for what is missing.
 */
export function sendOver(from: Socket, to: Socket, route: Route, random: Random, options: SendOptions): void {
  const { speed, onArrival } = options;
  const { rttMs, jitterMs, loss, windowBytes, bytesPerMs } = route;
  const waiting: Buffer[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const congestion = new Congestion(windowBytes);
  // In flight is what was neither acknowledged nor found lost, unread what the client has not taken.
  let [waitingBytes, inFlight, unread, lineFreeAt, lastArrival] = [0, 0, 0, 0, 0];
  let end: "end" | "reset" | undefined;

  const later = (at: number, work: () => void): void => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        work();
      },
      Math.max(0, at - performance.now()),
    );
    timers.add(timer);
  };

  /** What is on its way, in order: timers of the same moment may come in any, what they bring may not. */
  const travelling: (() => void)[] = [];
  const arriveAt = (at: number, work: () => void): void => {
    travelling.push(work);
    later(at, () => travelling.shift()?.());
  };

  const room = (): number => Math.min(congestion.bytes - inFlight, windowBytes - unread);

  /** Sends a burst: when it is there, the sender hears of it; when nothing before it is missing, the client has it. */
  const send = (bytes: Buffer): void => {
    lineFreeAt = Math.max(performance.now(), lineFreeAt) + bytes.length / bytesPerMs / speed;
    const segments = Math.ceil(bytes.length / SEGMENT);
    const isLost = random() < 1 - (1 - loss) ** segments;
    const there = lineFreeAt + (rttMs / 2 + exponential(random, jitterMs)) / speed;
    // What follows tells the sender of the gap; a last segment is missed only after a while.
    const followed = bytes.length + waitingBytes > 3 * SEGMENT;
    const againMs = !isLost ? 0 : followed ? rttMs : Math.max(TIMEOUT_MS, rttMs * 1.5);
    lastArrival = Math.max(lastArrival, there + againMs / speed);
    inFlight += bytes.length;
    unread += bytes.length;
    later(there + rttMs / 2 / speed, () => {
      inFlight -= bytes.length;
      if (isLost) congestion.lost(performance.now(), rttMs / speed);
      else congestion.acknowledged(bytes.length);
      pump();
    });
    arriveAt(lastArrival, () => {
      if (to.destroyed) return;
      onArrival();
      to.write(bytes, () => later(performance.now() + rttMs / 2 / speed, () => taken(bytes.length)));
    });
  };

  const taken = (bytes: number): void => {
    unread -= bytes;
    pump();
  };

  const pump = (): void => {
    while (waitingBytes > 0 && room() > 0) {
      const bytes = take(Math.min(BURST, Math.max(SEGMENT, room())));
      waitingBytes -= bytes.length;
      send(bytes);
    }
    if (waitingBytes < READ_AHEAD && from.isPaused()) from.resume();
    if (waitingBytes === 0 && end !== undefined) finish(end);
  };

  const take = (most: number): Buffer => {
    const first = waiting.shift() ?? Buffer.alloc(0);
    if (first.length > most) waiting.unshift(first.subarray(most));
    return first.subarray(0, most);
  };

  const finish = (how: "end" | "reset"): void => {
    end = undefined;
    const travel = performance.now() + rttMs / 2 / speed;
    lastArrival = Math.max(lastArrival, travel);
    arriveAt(lastArrival, () => void (to.destroyed || (how === "end" ? to.end() : to.resetAndDestroy())));
  };

  let ended = false;
  from.on("data", (chunk: Buffer) => {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    pump();
    if (waitingBytes >= READ_AHEAD) from.pause();
  });
  from.on("end", () => {
    ended = true;
    end = "end";
    pump();
  });
  from.on("close", () => {
    if (ended) return;
    end = "reset";
    pump();
  });
  to.on("close", () => {
    for (const timer of timers) clearTimeout(timer);
    waiting.length = 0;
    waitingBytes = 0;
    // The receiver is gone: the sender gets a broken connection, as on the real internet.
    if (!from.destroyed && !ended) from.resetAndDestroy();
  });
}

import type { Socket } from "node:net";
import { exponential } from "./random";
import type { Random } from "./random";
import type { Route } from "./route";

/** Bytes of data in a segment of Ethernet, and how many of them a sender begins with (RFC 6928). */
const SEGMENT = 1460;
const FIRST_SEGMENTS = 10;
/** What goes out together: a timer for each segment would cost more than it shows. */
const BURST = 16 * SEGMENT;
/** Most bytes read ahead of what is on its way. */
const READ_AHEAD = 4 * 1024 * 1024;
/** What CUBIC keeps of its window after a loss (RFC 9438). */
const KEPT = 0.7;
/** Least wait for a lost segment that nothing follows, on Linux. */
const TIMEOUT_MS = 200;

export interface SendOptions {
  /** Divides every delay. */
  readonly speed: number;
  /** Told each time that bytes reach the client. */
  readonly onArrival: () => void;
}

/**
 * Carries what a server sends to a client as TCP does: it begins with a few segments, sends more with each that was
 * acknowledged up to the window, no faster than the bandwidth, and fewer after a loss. So a large body takes several round
 * trips, and a path that loses segments slows it down.
 */
export function sendOver(from: Socket, to: Socket, route: Route, random: Random, options: SendOptions): void {
  const { speed, onArrival } = options;
  const { rttMs, jitterMs, loss, windowBytes, bytesPerMs } = route;
  const waiting: Buffer[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let [waitingBytes, inFlight, lineFreeAt, lastArrival] = [0, 0, 0, 0];
  let congestion = FIRST_SEGMENTS * SEGMENT;
  let threshold = windowBytes;
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

  /** When a burst that leaves now is there. */
  const arrivalOf = (bytes: number): number => {
    lineFreeAt = Math.max(performance.now(), lineFreeAt) + bytes / bytesPerMs / speed;
    const segments = Math.ceil(bytes / SEGMENT);
    let ms = rttMs / 2 + exponential(random, jitterMs);
    if (random() < 1 - (1 - loss) ** segments) {
      // What follows tells the sender of the gap; a last segment is missed only after a while.
      ms += inFlight + waitingBytes > 3 * SEGMENT ? rttMs : Math.max(TIMEOUT_MS, rttMs * 1.5);
      threshold = Math.max(congestion * KEPT, FIRST_SEGMENTS * SEGMENT);
      congestion = threshold;
    }
    lastArrival = Math.max(lastArrival, lineFreeAt + ms / speed);
    return lastArrival;
  };

  const pump = (): void => {
    while (waitingBytes > 0 && inFlight < congestion) {
      const bytes = take(Math.min(BURST, Math.max(SEGMENT, congestion - inFlight)));
      waitingBytes -= bytes.length;
      const arrival = arrivalOf(bytes.length);
      inFlight += bytes.length;
      arriveAt(arrival, () => {
        // What the client does not take is not acknowledged.
        if (to.destroyed) return;
        onArrival();
        to.write(bytes, () => later(performance.now() + rttMs / 2 / speed, () => acknowledge(bytes.length)));
      });
    }
    if (waitingBytes < READ_AHEAD && from.isPaused()) from.resume();
    if (waitingBytes === 0 && end !== undefined) finish(end);
  };

  const acknowledge = (bytes: number): void => {
    inFlight -= bytes;
    congestion += congestion < threshold ? bytes : (SEGMENT * bytes) / congestion;
    congestion = Math.min(congestion, windowBytes);
    pump();
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
    // Nobody is left to read: the sender learns of it as a broken connection, as on the real internet.
    if (!from.destroyed && !ended) from.resetAndDestroy();
  });
}

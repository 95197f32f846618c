import type { Socket } from "node:net";

/** Most bytes on their way in one direction before the sender has to wait. */
const IN_FLIGHT_LIMIT = 4 * 1024 * 1024;

/** What travels: bytes, the sender's end of stream, or a broken connection. */
type Parcel = Buffer | "end" | "reset";

/**
 * Carries everything one socket sends to another, each piece late by what `delayMs` says at that moment and never
 * out of order: the latency of a network, in one direction.
 */
export function delayBytes(from: Socket, to: Socket, delayMs: () => number): void {
  const queue: { readonly at: number; readonly parcel: Parcel }[] = [];
  let inFlight = 0;
  let lastAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let blocked = false;
  let ended = false;

  const deliver = (): void => {
    timer = undefined;
    while (!blocked) {
      const next = queue[0];
      if (next === undefined) return;
      const wait = next.at - performance.now();
      if (wait > 0) {
        timer = setTimeout(deliver, wait);
        return;
      }
      queue.shift();
      hand(next.parcel);
    }
  };

  const hand = (parcel: Parcel): void => {
    if (to.destroyed) return;
    if (parcel === "end") return void to.end();
    if (parcel === "reset") return void to.resetAndDestroy();
    inFlight -= parcel.length;
    if (from.isPaused() && inFlight < IN_FLIGHT_LIMIT) from.resume();
    blocked = !to.write(parcel);
  };

  const post = (parcel: Parcel): void => {
    lastAt = Math.max(lastAt, performance.now() + delayMs());
    queue.push({ at: lastAt, parcel });
    if (timer === undefined && !blocked) deliver();
  };

  from.on("data", (chunk: Buffer) => {
    inFlight += chunk.length;
    post(chunk);
    if (inFlight >= IN_FLIGHT_LIMIT) from.pause();
  });
  from.on("end", () => {
    ended = true;
    post("end");
  });
  from.on("close", () => {
    if (!ended) post("reset");
  });
  to.on("drain", () => {
    blocked = false;
    if (timer === undefined) deliver();
  });
  to.on("close", () => {
    clearTimeout(timer);
    queue.length = 0;
    // The receiver is gone: the sender gets a broken connection, as on the real internet.
    if (!from.destroyed && !ended) from.resetAndDestroy();
  });
}

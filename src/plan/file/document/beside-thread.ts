/** The second thread of `Beside`. */
import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { CONTROL, type Range, STATE, type ThreadData } from "./beside";
import { JsonScanner } from "../scan/json-scanner";

const { bytes: shared, control } = workerData as ThreadData;
const bytes = Buffer.from(shared);
const states = new Int32Array(control, 0, 2);

parentPort?.on("message", ({ from, to }: Range) => {
  say(CONTROL.proofState, () => {
    // The value stands in the document's outermost object.
    const scanner = new JsonScanner(bytes, from, 1);
    scanner.skip();
    if (scanner.position !== to) throw new Error("the value ends elsewhere");
  });
});

say(CONTROL.digestState, () => {
  const digest = createHash("sha256").update(bytes).digest();
  Buffer.from(control, CONTROL.digestAt, CONTROL.digestLength).set(digest);
});

function say(state: number, work: () => void): void {
  let answer: number = STATE.done;
  try {
    work();
  } catch {
    // Whoever waits reads the document again, and tells what is wrong with it.
    answer = STATE.failed;
  }
  Atomics.store(states, state, answer);
  Atomics.notify(states, state);
}

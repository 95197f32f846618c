import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { guessEnd } from "./guess-end";
import type * as LessInlining from "./less-inlining";

/** Smaller documents are read before a second thread would have started; in bytes. */
export const WORTH_IT = 16 * 1024 * 1024;
/** How long to wait for a thread that does not answer, in milliseconds; then its work is done here. */
const PATIENCE = 5_000;
const PROGRAM = join(__dirname, "beside-thread.js");

/** Where the thread says how far it is: two states, then the digest. */
export const CONTROL = { bytes: 40, digestState: 0, proofState: 1, digestAt: 8, digestLength: 32 } as const;
export const STATE = { pending: 0, done: 1, failed: 2 } as const;

/** What the thread is started with; both are shared with it. */
export interface ThreadData {
  readonly bytes: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
}

/** A value to prove to be JSON, from its first byte to the byte after its last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Work on a large document that needs nothing but its bytes, done by a second thread while this one reads: its digest,
 * and the proof of `planned_values`, of which nothing is read. Where that ends is guessed and proven afterwards.
 */
export class Beside {
  private readonly control = new SharedArrayBuffer(CONTROL.bytes);
  private readonly states = new Int32Array(this.control, 0, 2);
  private readonly thread: Worker;
  private isProving = false;

  /** @returns undefined where a second thread is of no use: for small documents, and those whose bytes are not shared */
  public static start(bytes: Uint8Array): Beside | undefined {
    const { buffer } = bytes;
    if (!(buffer instanceof SharedArrayBuffer) || bytes.length < WORTH_IT || bytes.length !== buffer.byteLength)
      return undefined;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    (require("./less-inlining") as typeof LessInlining).inlineLess();
    return availableParallelism() > 1 && existsSync(PROGRAM) ? new Beside(buffer) : undefined;
  }

  private constructor(private readonly bytes: SharedArrayBuffer) {
    const data: ThreadData = { bytes, control: this.control };
    this.thread = new Worker(PROGRAM, { workerData: data });
    this.thread.unref();
    // It is not missed: what it has not done is done here.
    this.thread.on("error", () => undefined);
  }

  /** Has the value of `planned_values` proven, which begins at `from`; returns where it should end, if that can be told. */
  public provePlannedValues(from: number): number | undefined {
    const to = guessEnd(Buffer.from(this.bytes), from);
    if (to === undefined) return undefined;
    const range: Range = { from, to };
    this.thread.postMessage(range);
    this.isProving = true;
    return to;
  }

  /** False when the guess was wrong or what was proven is no JSON; then the document must be read without it. */
  public isProven(): boolean {
    return !this.isProving || this.await(CONTROL.proofState);
  }

  /** SHA-256 of the document, in hex; undefined when the thread has none. */
  public digest(): string | undefined {
    if (!this.await(CONTROL.digestState)) return undefined;
    return Buffer.from(this.control, CONTROL.digestAt, CONTROL.digestLength).toString("hex");
  }

  public end(): void {
    void this.thread.terminate();
  }

  private await(state: number): boolean {
    Atomics.wait(this.states, state, STATE.pending, PATIENCE);
    return Atomics.load(this.states, state) === STATE.done;
  }
}

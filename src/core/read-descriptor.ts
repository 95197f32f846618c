import { closeSync, constants, openSync, readSync } from "node:fs";
import { AnycastError, messageOf, systemCodeOf } from "./errors";
import { MOST_KEY } from "./limits";

/** How long to wait for the program that writes the key, in milliseconds. */
const TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** The descriptor of `fd:N`; undefined for the path of a file. */
export function descriptorIn(named: string): number | undefined {
  const number = /^fd:(\d+)$/.exec(named)?.[1];
  return number === undefined ? undefined : Number(number);
}

/**
 * Reads a descriptor that this process was started with to its end, and closes it, so that no child inherits it.
 * @throws AnycastError `KeyInvalid`
 */
export function readDescriptor(descriptor: number): string {
  let file: number | undefined;
  try {
    // Opened again without blocking: reading a pipe that is never closed would wait without end.
    file = openSync(`/dev/fd/${descriptor}`, constants.O_RDONLY | constants.O_NONBLOCK);
    closeSync(descriptor);
    return readToEnd(file, descriptor);
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    throw new AnycastError(
      "KeyInvalid",
      `The key cannot be read from the descriptor ${descriptor}: ${messageOf(cause)}. Fix: open it where the command is started, e.g. \`fd:3\` with 3< FILE.`,
      { cause },
    );
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readToEnd(file: number, descriptor: number): string {
  const bytes = Buffer.alloc(MOST_KEY);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  let length = 0;
  for (let waited = 0; waited < TIMEOUT_MS && length < MOST_KEY;) {
    try {
      const read = readSync(file, bytes, length, MOST_KEY - length, null);
      if (read === 0) return bytes.toString("utf8", 0, length);
      length += read;
    } catch (thrown) {
      if (systemCodeOf(thrown) !== "EAGAIN") throw thrown;
      Atomics.wait(clock, 0, 0, LOOK_EVERY_MS);
      waited += LOOK_EVERY_MS;
    }
  }
  throw new AnycastError(
    "KeyInvalid",
    `The descriptor ${descriptor} gave no whole key in ${TIMEOUT_MS / 1000} s. Fix: close its other end once the key is written.`,
  );
}

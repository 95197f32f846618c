import { systemCodeOf } from "../core/errors";

/**
 * `anycast … | head` closes our output early, and a closed terminal answers EIO: neither is a reason to stop in the
 * middle of a deployment. The output is dropped, the work and its exit code stay.
 */
export function tolerateClosedPipes(process: {
  readonly stdout: NodeJS.EventEmitter;
  readonly stderr: NodeJS.EventEmitter;
}): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (thrown: unknown) => {
      const code = systemCodeOf(thrown);
      if (code !== "EPIPE" && code !== "EIO" && code !== "ERR_STREAM_DESTROYED") throw thrown;
    });
  }
}

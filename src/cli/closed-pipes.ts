import { systemCodeOf } from "../core/errors";

/** The reader has closed the output. */
const CLOSED: readonly unknown[] = ["EPIPE", "EIO", "ERR_STREAM_DESTROYED"];
/** The disk is full, or a quota or the largest size of a file is reached. */
const FULL: readonly unknown[] = ["ENOSPC", "EDQUOT", "EFBIG"];

/**
 * `anycast … | head` closes our output early, a closed terminal answers EIO, and a file may have no room left: none is
 * a reason to stop in the middle of a deployment. The output is dropped, and the work continues.
 * @param onFull called when output was lost because the disk was full. @default nothing is done: the output is not essential
 */
export function tolerateClosedPipes(
  process: { readonly stdout: NodeJS.EventEmitter; readonly stderr: NodeJS.EventEmitter },
  onFull: () => void = () => undefined,
): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (thrown: unknown) => {
      const code = systemCodeOf(thrown);
      if (FULL.includes(code)) onFull();
      else if (!CLOSED.includes(code)) throw thrown;
    });
  }
}

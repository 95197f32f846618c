import type { Emit } from "../../core/events";
import type { CliIo } from "../io";
import { LiveProgress } from "./live";
import { PlainProgress } from "./plain";

/** Shows events to people on stderr. */
export interface Progress {
  readonly emit: Emit;
  /** Takes the live lines away, so that something else can be written. What happens meanwhile is shown afterwards. */
  pause(): void;
  /** Brings them back. */
  resume(): void;
  /** Writes what is final and takes the live lines away for good. */
  end(): void;
}

/** Live lines where a person looks on, plain lines elsewhere. */
export function progressFor(io: CliIo): Progress {
  return io.interactive && io.stderr.isTTY === true ? new LiveProgress(io) : new PlainProgress(io);
}

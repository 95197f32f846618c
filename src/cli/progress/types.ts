import type { Emit } from "../../core/events";

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

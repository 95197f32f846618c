import type { Emit } from "../../core/events";

/** Shows events on stderr. */
export interface Progress {
  readonly emit: Emit;
  /** Erases the live lines, so that something else can be written. Events in the meantime are shown afterwards. */
  pause(): void;
  /** Draws the live lines again. */
  resume(): void;
  /** Writes the final lines and erases the live ones for good. */
  end(): void;
}

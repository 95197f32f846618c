import type { CliIo } from "../io";
import { LiveProgress } from "./live";
import { PlainProgress } from "./plain";
import type { Progress } from "./types";

/** Live lines on a terminal, plain lines elsewhere. */
export function progressFor(io: CliIo): Progress {
  return io.interactive && io.stderr.isTTY === true ? new LiveProgress(io) : new PlainProgress(io);
}

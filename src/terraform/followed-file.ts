import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** How often a growing file is read, in milliseconds: too short for a noticeable delay. */
const LOOK_EVERY_MS = 40;
const CHUNK = 64 * 1024;

/**
 * A file that a child writes its output into while we read it. Unlike a pipe it does not break when we are killed: a
 * terraform that is applying then continues and records what it did. With a pipe, SIGPIPE would end it before that.
 */
export class FollowedFile {
  /** Hand this to the child as stdout or stderr. */
  public readonly writer: number;
  private readonly reader: number;
  private readonly timer: NodeJS.Timeout;
  private readonly decoder = new StringDecoder("utf8");
  private offset = 0;

  public constructor(
    path: string,
    private readonly onText: (text: string) => void,
  ) {
    // "a": terraform may open its stdout twice; both ends must append.
    this.writer = openSync(path, "a", 0o600);
    this.reader = openSync(path, "r");
    this.timer = setInterval(() => this.drain(), LOOK_EVERY_MS);
  }

  /** Reads the rest and closes; call it when the child has ended. */
  public finish(): void {
    clearInterval(this.timer);
    try {
      this.drain();
    } finally {
      closeSync(this.writer);
      closeSync(this.reader);
    }
  }

  private drain(): void {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readSync(this.reader, chunk, 0, CHUNK, this.offset);
      if (length === 0) return;
      this.offset += length;
      this.onText(this.decoder.write(chunk.subarray(0, length)));
    }
  }
}

import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { SandboxError } from "../../errors";
import type { Op } from "./state";

/** One commit: all of it happened, or none. */
export interface Entry {
  /** Counts up by one per commit. */
  readonly seq: number;
  readonly ops: readonly Op[];
}

/** One line: a checksum, a blank, the entry as JSON. A line that was cut off anywhere does not pass for another. */
export function encodeEntry(entry: Entry): string {
  const json = JSON.stringify(entry);
  return `${checksum(json)} ${json}\n`;
}

const checksum = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/**
 * Reads a journal. An incomplete last line (the process was killed while writing it) is left out: its commit was never
 * confirmed to anybody.
 * @returns the entries and the length in bytes of the sound part
 * @throws SandboxError `SandboxStateDamaged` when a line before the last one is damaged
 */
export function decodeJournal(
  bytes: Buffer,
  path: string,
): { readonly entries: readonly Entry[]; readonly length: number } {
  const entries: Entry[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const entry = end < 0 ? undefined : decodeLine(bytes.toString("utf8", start, end));
    if (entry === undefined) {
      if (end >= 0 && end + 1 < bytes.length) throw damaged(path, start);
      break;
    }
    entries.push(entry);
    start = end + 1;
  }
  return { entries, length: start };
}

function decodeLine(line: string): Entry | undefined {
  const json = line.slice(17);
  if (line[16] !== " " || checksum(json) !== line.slice(0, 16)) return undefined;
  return JSON.parse(json) as Entry;
}

function damaged(path: string, at: number): SandboxError {
  return new SandboxError(
    "SandboxStateDamaged",
    `The sandbox journal \`${path}\` is damaged at byte ${at}, and whole lines follow. Fix: restore the directory from a copy, or remove it to start with an empty cloud.`,
  );
}

interface Waiting {
  readonly seq: number;
  readonly line: string;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** The journal as written to: lines that come while the disk is busy go out together with one sync. */
export class JournalWriter {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;
  private failure: unknown;
  /** Bytes in the file. */
  public length: number;

  private constructor(
    private readonly file: FileHandle,
    length: number,
    /** Asked before each batch: true when what waits has been made lasting in another way (a snapshot). */
    private readonly absorb: () => boolean,
    /** Called with the last commit of each batch that is on disk. */
    private readonly saved: (seq: number) => void,
  ) {
    this.length = length;
  }

  /** Opens the journal, cut to its sound length. */
  public static async open(
    path: string,
    length: number,
    absorb: () => boolean,
    saved: (seq: number) => void,
  ): Promise<JournalWriter> {
    const file = await open(path, "a", 0o600);
    await file.truncate(length);
    return new JournalWriter(file, length, absorb, saved);
  }

  /** Resolves when the line is on disk. */
  public append({ seq, ops }: Entry): Promise<void> {
    const line = encodeEntry({ seq, ops });
    return new Promise((done, failed) => {
      this.waiting.push({ seq, line, done, failed });
      this.writing ??= this.drain();
    });
  }

  /** Empties the file: a snapshot holds it all. */
  public async clear(): Promise<void> {
    await this.file.truncate(0);
    this.length = 0;
  }

  /** Resolves when no write is under way; one that begins in the same turn of the event loop is still to come. */
  public async idle(): Promise<void> {
    while (this.writing !== undefined) await this.writing;
  }

  /** Writes only the first half of a line, as a process that dies in the middle of a write would. */
  public tear(line: string): void {
    writeSync(this.file.fd, line.slice(0, Math.ceil(line.length / 2)));
  }

  public async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  private async drain(): Promise<void> {
    // Let the calls of this turn of the event loop join the batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.write(batch.map((entry) => entry.line).join(""));
        this.saved(batch.at(-1)!.seq);
        for (const entry of batch) entry.done();
      } catch (thrown) {
        // What is in memory is now ahead of the disk: nothing may be confirmed any more.
        this.failure = thrown;
        for (const entry of batch) entry.failed(thrown);
      }
    }
    this.writing = undefined;
  }

  private async write(text: string): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (this.absorb()) return this.clear();
    const bytes = Buffer.from(text, "utf8");
    await this.file.appendFile(bytes);
    await this.file.datasync();
    this.length += bytes.length;
  }
}

import { createHash } from "node:crypto";
import { closeSync, constants, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { SandboxError, systemCodeOf } from "../../errors";

/**
 * Records next to the journal how far it goes, so that one that was emptied, or cut between two lines, is not mistaken for a shorter
 * one. Written after the journal is on disk: it may lag behind, and never runs ahead.
 */
export const headPath = (directory: string): string => join(directory, "head");

const WIDTH = 16;
const encode = (seq: number): string => {
  const number = String(seq).padStart(WIDTH, "0");
  return `${number} ${checksum(number)}\n`;
};
const checksum = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/**
 * The last commit that was on disk for sure; undefined when there is no such file.
 * @throws SandboxError `SandboxStateDamaged`
 */
export function readHead(directory: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(headPath(directory), "utf8");
  } catch (thrown) {
    if (systemCodeOf(thrown) === "ENOENT") return undefined;
    throw thrown;
  }
  // Made, but not written yet, by a process that was killed in between.
  if (text === "") return undefined;
  const seq = Number(text.slice(0, WIDTH));
  if (text !== encode(seq))
    throw new SandboxError(
      "SandboxStateDamaged",
      `\`${headPath(directory)}\`, which says how far the sandbox's journal goes, is damaged. Fix: restore the directory from a copy, or remove it to start with an empty cloud.`,
    );
  return seq;
}

/** The file while a sandbox runs. Always as long as it is, so that one write replaces all of it. */
export class HeadFile {
  private readonly file: number;

  public constructor(directory: string, seq: number) {
    // Not emptied first: there is no moment without the number in it.
    this.file = openSync(headPath(directory), constants.O_RDWR | constants.O_CREAT, 0o600);
    this.set(seq);
    fsyncSync(this.file);
  }

  public set(seq: number): void {
    writeSync(this.file, encode(seq), 0);
  }

  public close(): void {
    closeSync(this.file);
  }
}

import { MOST_TEXT } from "../../../core/limits";

/** Why a document was refused while it was scanned; `position` is a byte offset. */
export type ScanProblem = "NotJson" | "DuplicateKey" | "TooDeep" | "TooLarge" | "LongNumber";

export class ScanError extends Error {
  public constructor(
    public readonly problem: ScanProblem,
    public readonly position: number,
    /** The key that occurs twice. */
    public readonly key?: string,
  ) {
    super(`${problem} at byte ${String(position)}`);
  }
}

/** Proves that the bytes from `start` to `end` fit into one text. @throws ScanError `TooLarge` */
export function proveFits(start: number, end: number): void {
  if (end - start > MOST_TEXT) throw new ScanError("TooLarge", start);
}

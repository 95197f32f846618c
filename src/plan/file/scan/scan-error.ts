/** Why a document was refused while it was scanned; `position` is a byte offset. */
export type ScanProblem = "NotJson" | "DuplicateKey" | "TooDeep" | "LongNumber";

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

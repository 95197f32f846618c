import type { SourceText } from "./ast";

/**
 * Thrown for text that is not HCL, or HCL that this reader does not know for sure. It is caught inside of src/plan/source,
 * where it makes an expression `unsupported` or a file unreadable. The message completes "it has …".
 */
export class HclError extends Error {
  public constructor(
    message: string,
    public readonly source: SourceText,
    /** Index into the text (UTF-16 code units). */
    public readonly position: number,
  ) {
    super(message);
    this.name = "HclError";
  }
}

import { bytesAsText, MOST_TEXT } from "../../../core/limits";
import { ArchiveError } from "./archive-error";

/** Most bytes that the files of an archive may have, unpacked and together: 1 GiB. */
export const MOST_UNPACKED = 2 ** 30;
/** Highest compression ratio that is accepted. Plans of thousands of identical resources reach about 100. */
export const HIGHEST_RATIO = 400;
/** Below this many unpacked bytes, 1 MiB, the ratio does not matter. */
export const SMALL = 2 ** 20;

/**
 * Refuses an archive because of its directory, before anything is unpacked.
 * @throws ArchiveError
 */
export function proveSizes(
  entries: readonly { readonly name: string; readonly packed: number; readonly size: number }[],
): void {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > MOST_UNPACKED) {
    throw new ArchiveError(`it unpacks to ${String(total)} bytes, and at most ${bytesAsText(MOST_UNPACKED)} are read`);
  }
  for (const { packed, size } of entries) {
    if (size > MOST_TEXT) {
      throw new ArchiveError(
        `a file in it unpacks to ${String(size)} bytes, and at most ${bytesAsText(MOST_TEXT)} of one are read`,
      );
    }
    if (size > SMALL && size > packed * HIGHEST_RATIO) {
      const ratio = Math.round(size / Math.max(packed, 1));
      throw new ArchiveError(
        `a file in it unpacks to ${String(ratio)} times its size, and at most ${String(HIGHEST_RATIO)} times is read`,
      );
    }
  }
}

import type { AnycastError } from "../core/errors";
import { expectationError } from "../core/errors";
import { bytesAsText, MOST_TEXT } from "../core/limits";

/** What Node says of a text that is longer than its strings can be. */
const TOO_LONG = "Invalid string length";

/**
 * Makes the text of a report.
 * @param format what it is called in the message
 * @throws AnycastError `ReportTooLarge` where it is longer than `most` characters, or than a string can be
 */
export function withinLimit(format: string, make: () => string, most: number = MOST_TEXT): string {
  try {
    const text = make();
    if (text.length <= most) return text;
    throw tooLarge(format, most);
  } catch (thrown) {
    if (thrown instanceof RangeError && thrown.message === TOO_LONG) throw tooLarge(format, most, thrown);
    throw thrown;
  }
}

function tooLarge(format: string, most: number, cause?: unknown): AnycastError {
  return expectationError(
    "ReportTooLarge",
    {
      what: `the report in the format ${format}`,
      rule: `at most ${bytesAsText(most)}`,
      got: "more",
      fix: "check fewer plans at a time, or split the stack.",
    },
    cause,
  );
}

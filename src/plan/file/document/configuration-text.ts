import { expectationError } from "../../../core/errors";
import { bytesAsText } from "../../../core/limits";
import type { JsonObject } from "../../json";

/** A part of a plan's text. */
interface Range {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The most that the configuration of a plan in JSON syntax may have, in bytes: 256 MiB. */
export const MOST_CONFIGURATION = 2 ** 28;

/** What expressions in JSON syntax begin with, and what its bytes may be written as. */
const TEMPLATES = ["${", "%{", "\\u0024", "\\u0025", "\\u007b", "\\u007B"];

/** Where the configuration is in the text that a plan was read from. */
const ranges = new WeakMap<object, Range>();

export function noteConfiguration(plan: object, range: Range): void {
  ranges.set(plan, range);
}

/** For a plan that was made of another one, with the same configuration. */
export function copyConfiguration(from: object, to: object): void {
  const range = ranges.get(from);
  if (range !== undefined) ranges.set(to, range);
}

/**
 * A plan with all that its configuration shows of expressions. Of native syntax it shows none but constants, and those
 * that rules follow are in the projection. So the rest is parsed only where there is JSON syntax, as CDKTF writes it.
 * @param plan as `readPlan` gives it
 * @param whole gives the whole document; it is read only where the position of the configuration is unknown
 * @throws AnycastError `ConfigurationTooLarge`
 */
export function withShownConfiguration(plan: JsonObject, whole: () => JsonObject, at: string): JsonObject {
  const range = ranges.get(plan);
  if (range === undefined) return whole();
  const { bytes, start, end } = range;
  const text = bytes.subarray(start, end);
  if (!TEMPLATES.some((template) => text.includes(template))) return plan;
  if (text.length > MOST_CONFIGURATION) {
    throw expectationError("ConfigurationTooLarge", {
      what: "the configuration of a plan in JSON syntax",
      rule: `at most ${bytesAsText(MOST_CONFIGURATION)}`,
      got: `${String(text.length)} bytes`,
      at,
      fix: "split the stack.",
    });
  }
  // It was proven to be JSON without duplicate keys when the plan was read.
  return { configuration: JSON.parse(text.toString("utf8")) as unknown };
}

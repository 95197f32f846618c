import { expectationError } from "../../../core/errors";
import { bytesAsText } from "../../../core/limits";
import type { JsonObject } from "../../json";

/** The most that the configuration of a plan in JSON syntax may have, in bytes: 256 MiB. */
export const MOST_CONFIGURATION = 2 ** 28;

/** What expressions in JSON syntax begin with, and what its bytes may be written as. */
const TEMPLATES = ["${", "%{", "\\u0024", "\\u0025", "\\u007b", "\\u007B"];

/** JSON of the configuration of plans that were read. */
const texts = new WeakMap<object, Buffer>();

export function noteConfiguration(plan: object, text: Buffer): void {
  texts.set(plan, text);
}

/** For a plan that was made of another one, with the same configuration. */
export function copyConfiguration(from: object, to: object): void {
  const text = texts.get(from);
  if (text !== undefined) texts.set(to, text);
}

/**
 * A plan with all that its configuration shows of expressions. Of native syntax it shows none but constants, and those
 * that rules follow are in the projection. So the rest is parsed only where there is JSON syntax, as CDKTF writes it.
 * @param plan as `readPlan` gives it
 * @param whole gives the whole document; it is read only where the text of the configuration is unknown
 * @throws AnycastError `ConfigurationTooLarge`
 */
export function withShownConfiguration(plan: JsonObject, whole: () => JsonObject, at: string): JsonObject {
  const text = texts.get(plan);
  if (text === undefined) return whole();
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

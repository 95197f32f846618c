import { AnycastError, messageOf } from "../../core/errors";
import { MOST_SETTINGS } from "../../core/limits";
import { readRegularTextOr } from "../../core/regular-file";

/** The text of a file of settings. @throws AnycastError `ConfigNotReadable`, `NotARegularFile`, `FileTooLarge` */
export function readConfigText(path: string): string {
  const notReadable = (cause: unknown): AnycastError =>
    new AnycastError(
      "ConfigNotReadable",
      `The configuration could not be read (at ${path}): ${messageOf(cause)}. Fix: check the path and its permissions.`,
      { cause },
    );
  return readRegularTextOr(path, notReadable, MOST_SETTINGS);
}

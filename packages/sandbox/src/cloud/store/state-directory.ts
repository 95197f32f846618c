import { statSync } from "node:fs";
import { join } from "node:path";
import { expectationError } from "../../errors";

const FILES = ["state.json", "journal", "head", "lock"];

/**
 * Refuses an invalid state directory, or one in which a pipe or a device has the place of a file: opening it could wait
 * without end.
 * @throws SandboxError `SandboxDirectoryInvalid`
 */
export function proveStateDirectory(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory())
    throw invalid("the sandbox's state directory", "a directory", directory);
  for (const path of FILES.map((name) => join(directory, name))) {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false)
      throw invalid("what is in the sandbox's state directory", "regular files", path);
  }
}

function invalid(what: string, rule: string, path: string): Error {
  return expectationError("SandboxDirectoryInvalid", {
    what,
    rule,
    got: "something else",
    at: path,
    fix: "name another directory, or one that does not exist yet.",
  });
}

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
  if (!isNothingOr("isDirectory", directory)) throw invalid("the sandbox's state directory", "a directory", directory);
  for (const path of FILES.map((name) => join(directory, name))) {
    if (!isNothingOr("isFile", path)) throw invalid("what is in the sandbox's state directory", "regular files", path);
  }
}

/** False also for links that lead to each other. */
function isNothingOr(kind: "isDirectory" | "isFile", path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.[kind]() ?? true;
  } catch {
    return false;
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

import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError, messageOf } from "../../core/errors";

/** Project files are readable by everyone. */
const MODE = 0o644;

/**
 * Writes a new project, all of it or nothing: a file that is there already is never replaced.
 * @throws AnycastError `FileExists`, `ProjectNotWritten`
 */
export function writeScaffold(directory: string, files: ReadonlyMap<string, string>): void {
  const there = [...files.keys()].filter((path) => existsSync(join(directory, path)));
  if (there.length > 0) {
    throw new AnycastError(
      "FileExists",
      `${directory} has files of a project already: ${there.join(", ")}. Nothing was written. Fix: choose an empty directory.`,
    );
  }
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileAtomic(join(directory, path), text, MODE);
    }
  } catch (cause) {
    throw new AnycastError(
      "ProjectNotWritten",
      `The project could not be written into ${directory}: ${messageOf(cause)}. Fix: check the directory and run it again in an empty one.`,
      {
        cause,
      },
    );
  }
}

import { sha256Hex } from "../../core/digest";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError } from "../../core/errors";
import { filesInZip } from "../../plan/file/saved";
import type { Archive } from "./release";

/**
 * Unpacks the program of an archive whose sum is the expected one.
 * @param from where the archive came from, for messages
 * @returns the program's path
 * @throws AnycastError `ArchiveNotExpected`; ArchiveError when it holds no program
 */
export function placeProgram(archive: Archive, bytes: Buffer, from: string, directory: string): string {
  const found = sha256Hex(bytes);
  if (found !== archive.sha256) {
    throw new AnycastError(
      "ArchiveNotExpected",
      `Expected the SHA-256 of ${from} to be ${archive.sha256}, got \`${found}\`: it was cut off or changed, and is not unpacked. Fix: try again; where it stays so, something between here and the release changes files.`,
    );
  }
  const program = filesInZip(bytes, archive.program).get(archive.program);
  if (program === undefined) {
    throw new AnycastError(
      "ArchiveNotExpected",
      `The archive ${from} holds no file named ${archive.program}. Fix: install terraform or OpenTofu and put it on PATH.`,
    );
  }
  mkdirSync(directory, { recursive: true });
  const path = join(directory, archive.program);
  writeFileAtomic(path, program(), 0o755);
  return path;
}

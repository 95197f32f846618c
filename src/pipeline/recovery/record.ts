import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError, messageOf, systemCodeOf } from "../../core/errors";
import { isRecord, localStatePath } from "../project";
import type { OutputFiles, PrivateDirectory } from "../terraform";
import { isAlive, RECORDS_NAME } from "../terraform";
import { StateKeeper } from "./state-keeper";

const CONTENT_NAME = "apply.json";
const STATE_NAME = "last-whole.tfstate";

/** What is written down of an apply while it runs, so that a run which finds it can tell what became of it. */
export interface RecordContent {
  readonly host: string;
  readonly since: string;
  /** Terraform's own process; undefined when it was not started, or we were killed in that very moment. */
  readonly pid?: number;
  /** Where terraform's output goes. */
  readonly files: OutputFiles;
  /** The plan that is applied: the state from before is in it. */
  readonly planFile: string;
}

export interface ApplyRecord {
  /** Says which process applies. */
  started(pid: number): void;
  /** Terraform has ended. The record stays until it is known that nothing is missing. */
  ended(): void;
}

/** A stack, and where the record of its apply is kept. */
export interface RecordPlace {
  readonly stack: string;
  /** The stack's directory, for commands that are to be run there. */
  readonly directory: string;
  /** The record itself, a directory. */
  readonly path: string;
  /** Path of the state, where it is kept in a file. */
  readonly localState: string | undefined;
}

/**
 * A record lies beside the state, or, where that is kept elsewhere, in the project.
 * @param projectDirectory undefined outside of a project: then it is kept in the stack's own directory
 * @param origin where the configuration is when the run has ended. @default the stack's directory
 */
export function recordPlace(
  stack: { readonly name: string; readonly directory: string },
  env: NodeJS.ProcessEnv,
  projectDirectory: string | undefined,
  origin: string = stack.directory,
): RecordPlace {
  const localState = localStatePath(stack.directory, env);
  const elsewhere =
    projectDirectory === undefined
      ? join(stack.directory, ".terraform", "anycast-apply")
      : join(projectDirectory, ".anycast", "applies", stack.name);
  const path = localState === undefined ? elsewhere : `${localState}.apply`;
  return { stack: stack.name, directory: origin, path, localState };
}

/**
 * Begins the record of an apply, and keeps the last whole version of a local state from here on.
 * @throws AnycastError `AnotherRun`, `ApplyNotRecorded`
 */
export function beginRecord(
  place: RecordPlace,
  { directory, ...given }: Pick<RecordContent, "files" | "planFile"> & { readonly directory: PrivateDirectory },
): ApplyRecord {
  const content: RecordContent = { host: hostname(), since: new Date().toISOString(), ...given };
  const write = (path: string, more: Partial<RecordContent> = {}): void =>
    writeFileAtomic(join(path, CONTENT_NAME), JSON.stringify({ ...content, ...more }));
  // A directory replaces none that holds something: it appears once, and with its content in it.
  const beside = `${place.path}.${process.pid}`;
  try {
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    write(beside);
    // The output outlives the run for as long as the record does.
    appendFileSync(join(directory.path, RECORDS_NAME), `${place.path}\n`, { mode: 0o600 });
    renameSync(beside, place.path);
  } catch (cause) {
    rmSync(beside, { recursive: true, force: true });
    const isTaken = ["EEXIST", "ENOTEMPTY"].includes(systemCodeOf(cause) ?? "");
    throw isTaken ? anotherRun(place) : notRecorded(place, cause);
  }
  const keeper =
    place.localState === undefined ? undefined : new StateKeeper(place.localState, join(place.path, STATE_NAME));
  return {
    started: (pid) => {
      try {
        write(place.path, { pid });
      } catch {
        // Terraform runs already, and must not be left alone for want of a note.
      }
    },
    ended: () => keeper?.stop(),
  };
}

/** @returns undefined when no apply is on record */
export function readRecord({ path }: RecordPlace): RecordContent | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(join(path, CONTENT_NAME), "utf8"));
    return isRecord(content) && isRecord(content.files) ? (content as unknown as RecordContent) : undefined;
  } catch {
    return undefined;
  }
}

export function removeRecord({ path }: Pick<RecordPlace, "path">): void {
  rmSync(path, { recursive: true, force: true });
}

/** The last whole version of the local state. */
export const keptStatePath = ({ path }: RecordPlace): string => join(path, STATE_NAME);

/** Whether that terraform is still at work, as far as can be told from this machine. */
export function isApplying({ host, pid }: RecordContent): boolean {
  return pid !== undefined && host === hostname() && isAlive(pid);
}

function anotherRun(place: RecordPlace): AnycastError {
  const { pid, host, since } = readRecord(place) ?? {};
  return new AnycastError(
    "AnotherRun",
    `Another run (terraform is process ${pid ?? "unknown"} on ${host ?? "unknown"}, since ${since ?? "just now"}) applies ${place.stack}. Nothing was changed. ` +
      `Fix: wait until it has ended; if it is dead, remove ${place.path}.`,
  );
}

function notRecorded({ path }: RecordPlace, cause: unknown): AnycastError {
  return new AnycastError(
    "ApplyNotRecorded",
    `Expected ${basename(path)} to be a directory that can be made in ${dirname(path)}, to keep there what a killed apply has done: ${messageOf(cause)}. Nothing was applied. Fix: check the directory and the room on the disk.`,
    { cause },
  );
}

import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import { claimDirectory, removeDirectory } from "../../core/whole-directory";
import { AnycastError, messageOf, systemCodeOf } from "../../core/errors";
import type { ProcessIdentity } from "../../core/process-identity";
import { processStateOf, parseProcessIdentity, processIdentityOf } from "../../core/process-identity";
import { isRecord } from "../../core/is-record";
import { projectRootOf } from "../../terraform/project";
import { localStatePath } from "../../terraform/state";
import type { OutputFiles, PrivateDirectory } from "../../terraform";
import { RECORDS_NAME } from "../../terraform";
import type { PlannedCreation } from "./creation";
import { StateKeeper } from "./state-keeper";

const CONTENT_NAME = "apply.json";
const STATE_NAME = "last-whole.tfstate";

/** What an apply has left open when it ended; determined once, and kept for later runs. */
export interface LeftOpen {
  /** Made for certain, and not in the state: address to id. */
  readonly made: Readonly<Record<string, string>>;
  /** Begun; whether they were made is not known. */
  readonly begun: readonly string[];
}

/** The record of an apply, written before it begins, from which a later run can determine its outcome. */
export interface RecordContent {
  readonly id: string;
  readonly since: string;
  /** Who applies, for messages. */
  readonly who: string;
  /** The run that started terraform. */
  readonly run: ProcessIdentity;
  /** Terraform's process; undefined when it was not started, or when we were killed at that moment. */
  readonly terraform?: ProcessIdentity;
  /** Everything it is about to make. */
  readonly creations: readonly PlannedCreation[];
  /** Where terraform's output goes, on the machine of the run. */
  readonly files?: OutputFiles;
  /** Set when it has ended. */
  readonly left?: LeftOpen;
}

export interface ApplyRecord {
  readonly content: RecordContent;
  /** Records which process applies. */
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
 * Where the record is: next to a local state, or, for other states, in the project.
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

/** The place for a directory that terraform is called in: in `cdktf.out/stacks/NAME` the one that `anycast deploy` uses. */
export function placeIn(directory: string, env: NodeJS.ProcessEnv): RecordPlace {
  const project = basename(dirname(directory)) === "stacks" ? projectRootOf(directory) : undefined;
  return recordPlace({ name: basename(directory), directory }, env, project);
}

/**
 * Begins the record of an apply, and keeps the last whole version of a local state from here on.
 * @throws AnycastError `AnotherRun`, `ApplyNotRecorded`, `ApplyRecordDamaged`
 */
export function beginRecord(
  place: RecordPlace,
  { directory, ...given }: Pick<RecordContent, "files" | "creations"> & { readonly directory: PrivateDirectory },
): ApplyRecord {
  const content: RecordContent = {
    id: randomUUID(),
    since: new Date().toISOString(),
    who: `${userInfo().username}@${hostname()}`,
    run: processIdentityOf(process.pid),
    ...given,
  };
  const claim = (): boolean =>
    claimDirectory(place.path, (partial) => {
      writeContent(partial, content);
      // The output is kept after the run for as long as the record is.
      appendFileSync(join(directory.path, RECORDS_NAME), `${place.path}\n`, { mode: 0o600 });
    });
  let isOurs: boolean;
  try {
    isOurs = claim();
    // A record appears with its content: one without it was settled, and a kill interrupted its removal.
    if (!isOurs && !existsSync(join(place.path, CONTENT_NAME))) {
      removeRecord(place);
      isOurs = claim();
    }
  } catch (cause) {
    throw notRecorded(place, cause);
  }
  if (!isOurs) throw anotherRun(place);
  const keeper =
    place.localState === undefined ? undefined : new StateKeeper(place.localState, join(place.path, STATE_NAME));
  return {
    content,
    started: (pid) => {
      try {
        writeContent(place.path, { ...content, terraform: processIdentityOf(pid) });
      } catch {
        // Terraform runs already: we must stay with it even if the record cannot be updated.
      }
    },
    ended: () => keeper?.stop(),
  };
}

const writeContent = (path: string, content: RecordContent): void =>
  writeFileAtomic(join(path, CONTENT_NAME), JSON.stringify(content));

/** Replaces what a record says. */
export function rewriteRecord({ path }: Pick<RecordPlace, "path">, content: RecordContent): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  writeContent(path, content);
}

/**
 * @returns undefined when no apply is on record
 * @throws AnycastError `ApplyRecordDamaged`
 */
export function readRecord({ path }: Pick<RecordPlace, "path">): RecordContent | undefined {
  let text: string;
  try {
    text = readFileSync(join(path, CONTENT_NAME), "utf8");
  } catch (thrown) {
    if (["ENOENT", "ENOTDIR"].includes(systemCodeOf(thrown) ?? "")) return undefined;
    throw damaged(path, thrown);
  }
  const content = contentIn(text);
  if (content === undefined) throw damaged(path);
  return content;
}

/** A record from its text. @returns undefined when it is none */
export function contentIn(text: string): RecordContent | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(content) || typeof content.id !== "string" || !Array.isArray(content.creations)) return undefined;
  const run = parseProcessIdentity(content.run);
  return run === undefined ? undefined : (content as unknown as RecordContent);
}

export function removeRecord({ path }: Pick<RecordPlace, "path">): void {
  removeDirectory(path);
}

/** The last whole version of the local state. */
export const keptStatePath = ({ path }: RecordPlace): string => join(path, STATE_NAME);

/** `unknown`: of another machine or container, so only the lock of the state shows it. */
export type Stage = "applying" | "over" | "unknown";

/** Whether an apply is still running, as far as can be determined from here. */
export function stageOf({ left, terraform, run }: RecordContent): Stage {
  if (left !== undefined) return "over";
  return { alive: "applying", dead: "over", elsewhere: "unknown" }[processStateOf(terraform ?? run)] as Stage;
}

function anotherRun(place: RecordPlace): AnycastError {
  const { terraform, who, since } = readRecord(place) ?? {};
  return new AnycastError(
    "AnotherRun",
    `Another run (terraform is process ${terraform?.pid ?? "unknown"} of ${who ?? "unknown"}, since ${since ?? "just now"}) applies ${place.stack}. Nothing was changed. ` +
      "Fix: wait until it has ended; if it is dead, run `anycast recover`.",
  );
}

function damaged(path: string, cause?: unknown): AnycastError {
  return new AnycastError(
    "ApplyRecordDamaged",
    `The record of an apply, ${join(path, CONTENT_NAME)}, cannot be read, so that nobody can tell what that apply made. Nothing was changed. ` +
      `Fix: check that no other run is at work, compare what is in the cloud with the state, and remove ${path}.`,
    { cause },
  );
}

function notRecorded({ path }: RecordPlace, cause: unknown): AnycastError {
  return new AnycastError(
    "ApplyNotRecorded",
    `The directory ${basename(path)}, which keeps what a killed apply has done, could not be made in ${dirname(path)}: ${messageOf(cause)}. Nothing was applied. Fix: check the directory and the free space on the disk.`,
    { cause },
  );
}

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { SandboxError, expectationError, systemCodeOf } from "../../errors";
import { readHead } from "./head";
import { decodeJournal } from "./journal";
import type { Stored } from "../model";
import { State } from "./state";
import type { Op } from "./state";

export const snapshotPath = (directory: string): string => join(directory, "state.json");
export const journalPath = (directory: string): string => join(directory, "journal");

/** What `state.json` holds. */
export interface SnapshotFile {
  readonly format: "anycast-sandbox-state";
  readonly version: 1;
  readonly accountId: string;
  /** The last commit that is in it; older ones in the journal are skipped. */
  readonly seq: number;
  readonly records: readonly Op[];
  /** Whether a file next to it says how far the journal goes. @default false, in directories of older versions */
  readonly head?: true;
}

export interface Loaded {
  readonly state: State;
  /** undefined: the directory holds no state yet. */
  readonly accountId: string | undefined;
  readonly seq: number;
  readonly snapshotBytes: number;
  /** Whether the state says that a file next to it tells how far the journal goes. */
  readonly headed: boolean;
  /** Sound length of the journal in bytes. */
  readonly journalLength: number;
}

/**
 * Reads the state of a directory without changing anything.
 * @throws SandboxError `SandboxStateDamaged`, `SandboxStateUnknown`
 */
export function loadState(directory: string): Loaded {
  for (let attempt = 0; ; attempt += 1) {
    const before = stampOf(snapshotPath(directory));
    // A snapshot written meanwhile by the owner would have taken entries out of the journal that we read too late.
    const settled = (): boolean => stampOf(snapshotPath(directory)) === before || attempt >= 10;
    try {
      const loaded = load(directory);
      if (settled()) return loaded;
    } catch (thrown) {
      if (settled()) throw thrown;
    }
  }
}

function load(directory: string): Loaded {
  const state = new State();
  // Before the journal: it may grow meanwhile.
  const head = readHead(directory);
  const text = readIfThere(snapshotPath(directory));
  const snapshot = text === undefined ? undefined : parseSnapshot(text.toString("utf8"), snapshotPath(directory));
  for (const op of snapshot?.records ?? []) state.replay(upgraded(op));
  let seq = snapshot?.seq ?? 0;
  const path = journalPath(directory);
  const journal = decodeJournal(readIfThere(path) ?? Buffer.alloc(0), path);
  for (const entry of journal.entries) {
    if (entry.seq <= seq) continue;
    if (entry.seq !== seq + 1) throw gap(path, seq, entry.seq);
    for (const op of entry.ops) state.replay(upgraded(op));
    seq = entry.seq;
  }
  if (snapshot?.head === true && head === undefined) throw cut(path, "a commit that no file names any more", seq);
  if (head !== undefined && snapshot === undefined) throw cut(snapshotPath(directory), `commit ${head}`, 0);
  if (head !== undefined && seq < head) throw cut(path, `commit ${head}`, seq);
  return {
    state,
    accountId: snapshot?.accountId,
    seq,
    snapshotBytes: text?.length ?? 0,
    headed: snapshot?.head === true,
    journalLength: journal.length,
  };
}

/** A record as it is written today: resource groups had no tags once. */
function upgraded(op: Op): Op {
  const [kind, id, record] = op;
  if (kind !== "resource-group" || record === null || "tags" in record) return op;
  return [kind, id, { ...record, tags: {} } as Stored];
}

function parseSnapshot(text: string, path: string): SnapshotFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new SandboxError(
      "SandboxStateDamaged",
      `The sandbox's state in \`${path}\` is not JSON. Fix: restore the directory from a copy, or remove it to start with an empty cloud.`,
      { cause },
    );
  }
  const file = parsed as Partial<SnapshotFile> | null;
  if (file?.format !== "anycast-sandbox-state" || file.version !== 1 || !Array.isArray(file.records))
    throw expectationError("SandboxStateUnknown", {
      what: "the state file",
      rule: "a sandbox state of version 1",
      got: { format: file?.format, version: file?.version },
      at: path,
      fix: "name another state directory, or use the version of this program that wrote it.",
    });
  return file as SnapshotFile;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (thrown) {
    if (systemCodeOf(thrown) === "ENOENT") return undefined;
    throw thrown;
  }
}

function stampOf(path: string): string {
  try {
    const stat = statSync(path, { bigint: true });
    return `${stat.ino}/${stat.mtimeNs}/${stat.size}`;
  } catch {
    return "";
  }
}

function cut(path: string, last: string, found: number): SandboxError {
  return new SandboxError(
    "SandboxStateDamaged",
    `The sandbox's state must reach ${last}, and \`${path}\` ends at commit ${found}: it was emptied, cut off or removed. Fix: restore the directory from a copy, or remove it to start with an empty cloud.`,
  );
}

function gap(path: string, seq: number, found: number): SandboxError {
  return new SandboxError(
    "SandboxStateDamaged",
    `The sandbox journal \`${path}\` lacks commit ${seq + 1}: it goes on with ${found}. Fix: restore the directory from a copy, or remove it to start with an empty cloud.`,
  );
}

import { mkdirSync } from "node:fs";
import { writeFileAtomic } from "../../atomic-file";
import { SandboxError, messageOf } from "../../errors";
import type { Stored } from "../model";
import { lockDirectory } from "./directory-lock";
import { proveStateDirectory } from "./state-directory";
import { HeadFile } from "./head";
import { journalPath, loadState, snapshotPath } from "./files";
import type { SnapshotFile } from "./files";
import { encodeEntry, JournalWriter } from "./journal";
import type { Op, State } from "./state";

/** Journals smaller than this are never worth a snapshot, in bytes. */
const SMALL_JOURNAL = 1024 * 1024;

export interface Commit {
  readonly ops: readonly Op[];
  /** What was there before, by `kind/id`. */
  readonly before: ReadonlyMap<string, Stored | undefined>;
  /** Resolves when the commit is on disk. */
  readonly saved: Promise<void>;
}

/**
 * The state of a directory, kept so that a process that is killed at any moment loses nothing it confirmed: each
 * commit is one line appended to a journal; from time to time a snapshot replaces it.
 */
export class Store {
  private constructor(
    public readonly directory: string,
    public readonly state: State,
    public readonly accountId: string,
    private seq: number,
    private snapshotBytes: number,
    private readonly release: () => void,
  ) {}

  private journal!: JournalWriter;
  private head!: HeadFile;

  /**
   * @param accountId used when the directory is new, or must equal the one in it
   * @throws SandboxError `SandboxInUse`, `SandboxStateDamaged`, `SandboxStateUnknown`, `SandboxAccountMismatch`,
   *   `SandboxDirectoryInvalid`
   */
  public static async open(directory: string, accountId: string | undefined, fallbackAccount: string): Promise<Store> {
    proveStateDirectory(directory);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const release = lockDirectory(directory);
    try {
      const loaded = loadState(directory);
      if (accountId !== undefined && loaded.accountId !== undefined && accountId !== loaded.accountId)
        throw new SandboxError(
          "SandboxAccountMismatch",
          `Expected the account of the sandbox state in \`${directory}\` to be \`${accountId}\`, got \`${loaded.accountId}\`. Fix: leave the account id out, or name another state directory.`,
        );
      const account = loaded.accountId ?? accountId ?? fallbackAccount;
      const store = new Store(directory, loaded.state, account, loaded.seq, loaded.snapshotBytes, release);
      store.journal = await JournalWriter.open(
        journalPath(directory),
        loaded.journalLength,
        () => store.compactIfLarge(),
        (seq) => store.head.set(seq),
      );
      // First the state, then what says how far it goes: a kill between them leaves a directory that opens.
      if (loaded.accountId === undefined) store.writeSnapshot();
      store.head = new HeadFile(directory, loaded.seq);
      if (!loaded.headed) store.writeSnapshot(true);
      return store;
    } catch (thrown) {
      release();
      throw thrown;
    }
  }

  /** Keeps the changes made to the state since the last commit. */
  public commit(): Commit {
    const { ops, before } = this.state.take();
    if (ops.length === 0) return { ops, before, saved: Promise.resolve() };
    this.seq += 1;
    const saved = this.journal.append({ seq: this.seq, ops }).catch((cause: unknown) => {
      throw new SandboxError(
        "SandboxStateNotWritten",
        `The sandbox could not write its state to \`${this.directory}\`: ${messageOf(cause)}. Fix: free some disk space or allow writing, then start it again; nothing unconfirmed was kept.`,
        { cause },
      );
    });
    return { ops, before, saved };
  }

  /** Resolves when no write is under way. */
  public idle(): Promise<void> {
    return this.journal.idle();
  }

  /** Leaves half a line of the pending commit in the journal, for the fault that dies in the middle of a write. */
  public tear(): void {
    const { ops } = this.state.take();
    this.journal.tear(encodeEntry({ seq: this.seq + 1, ops }));
  }

  public async close(): Promise<void> {
    await this.journal.close();
    this.head.close();
    this.release();
  }

  private compactIfLarge(): boolean {
    if (this.journal.length < Math.max(SMALL_JOURNAL, 2 * this.snapshotBytes)) return false;
    this.writeSnapshot();
    return true;
  }

  private writeSnapshot(headed = this.head !== undefined): void {
    const file: SnapshotFile = {
      format: "anycast-sandbox-state",
      version: 1,
      accountId: this.accountId,
      seq: this.seq,
      records: [...this.state.records()],
      ...(headed ? { head: true } : {}),
    };
    const text = JSON.stringify(file);
    writeFileAtomic(snapshotPath(this.directory), text);
    this.snapshotBytes = Buffer.byteLength(text);
  }
}

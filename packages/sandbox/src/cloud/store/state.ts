import { INDEXES } from "../model-indexes";
import type { Kind, Kinds, Stored } from "../model";
import { TimeHeap } from "./heap";

/** One change: the record as it is from now on, or null when it is removed. */
export type Op = readonly [kind: Kind, id: string, record: Stored | null];

/** What can be read of the state. */
export interface View {
  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined;
  all<K extends Kind>(kind: K): Kinds[K][];
  /** Records found under a key of an index (model-indexes.ts). */
  by<K extends Kind>(kind: K, index: string, key: string): Kinds[K][];
  /** How many `by` would give, without making the list. */
  countBy(kind: Kind, index: string, key: string): number;
}

interface Undo {
  readonly kind: Kind;
  readonly id: string;
  readonly before: Stored | undefined;
}

/** All records in memory, with their indexes. Changes are noted until `take` (keep) or `undo` (as if never made). */
export class State implements View {
  private readonly tables = new Map<Kind, Map<string, Stored>>();
  private readonly indexes = new Map<string, Map<string, Set<string>>>();
  private readonly leaving = new TimeHeap<{ readonly kind: Kind; readonly id: string; readonly gone: number }>();
  private changes: Undo[] = [];

  public get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.tables.get(kind)?.get(id) as Kinds[K] | undefined;
  }

  public all<K extends Kind>(kind: K): Kinds[K][] {
    return [...(this.tables.get(kind)?.values() ?? [])] as Kinds[K][];
  }

  public by<K extends Kind>(kind: K, index: string, key: string): Kinds[K][] {
    const table = this.tables.get(kind);
    const ids = this.indexes.get(`${kind}.${index}`)?.get(key);
    if (table === undefined || ids === undefined) return [];
    return [...ids].map((id) => table.get(id)) as Kinds[K][];
  }

  public countBy(kind: Kind, index: string, key: string): number {
    return this.indexes.get(`${kind}.${index}`)?.get(key)?.size ?? 0;
  }

  public put<K extends Kind>(kind: K, record: Kinds[K]): void {
    this.change(kind, record.id, record);
  }

  public remove(kind: Kind, id: string): void {
    if (this.tables.get(kind)?.has(id)) this.change(kind, id, undefined);
  }

  /** The changes since the last take, the last one per record only, with what was there before. */
  public take(): { readonly ops: readonly Op[]; readonly before: ReadonlyMap<string, Stored | undefined> } {
    const before = new Map<string, Stored | undefined>();
    const touched = new Map<string, Undo>();
    for (const undo of this.changes) {
      const key = `${undo.kind}/${undo.id}`;
      if (!before.has(key)) before.set(key, undo.before);
      touched.set(key, undo);
    }
    this.changes = [];
    const ops = [...touched.values()].map(({ kind, id }): Op => [kind, id, this.get(kind, id) ?? null]);
    return { ops, before };
  }

  public undo(): void {
    for (const { kind, id, before } of this.changes.reverse()) this.set(kind, id, before);
    this.changes = [];
  }

  /** Applies a change that was kept earlier (replay of the journal). */
  public replay([kind, id, record]: Op): void {
    this.set(kind, id, record ?? undefined);
  }

  /** Forgets the records whose time has come. Follows from the clock, so it is not written down. */
  public expire(now: number): void {
    while (this.leaving.nextAt <= now) {
      const entry = this.leaving.pop();
      // The record may have been changed since; then another entry represents it.
      if (entry !== undefined && this.tables.get(entry.kind)?.get(entry.id)?.gone === entry.gone)
        this.set(entry.kind, entry.id, undefined);
    }
  }

  /** Every record, for a snapshot. */
  public *records(): Generator<Op> {
    for (const [kind, table] of this.tables) for (const [id, record] of table) yield [kind, id, record];
  }

  private change(kind: Kind, id: string, record: Stored | undefined): void {
    this.changes.push({ kind, id, before: this.tables.get(kind)?.get(id) });
    this.set(kind, id, record);
  }

  private set(kind: Kind, id: string, record: Stored | undefined): void {
    let table = this.tables.get(kind);
    if (table === undefined) this.tables.set(kind, (table = new Map()));
    this.index(kind, id, table.get(id), record);
    if (record === undefined) {
      table.delete(id);
      return;
    }
    table.set(id, record);
    if (record.gone !== undefined) this.leaving.push(record.gone, { kind, id, gone: record.gone });
  }

  /** A record that is found under a key as before keeps its place there: lists show the oldest first. */
  private index(kind: Kind, id: string, before: Stored | undefined, after: Stored | undefined): void {
    for (const [name, keysOf] of Object.entries(INDEXES[kind])) {
      const keys = (record: Stored | undefined): readonly string[] =>
        record === undefined ? [] : (keysOf as (record: Stored) => readonly string[])(record);
      const [old, next] = [keys(before), keys(after)];
      let index = this.indexes.get(`${kind}.${name}`);
      if (index === undefined) this.indexes.set(`${kind}.${name}`, (index = new Map()));
      for (const key of old) {
        const ids = index.get(key);
        if (!next.includes(key) && ids?.delete(id) && ids.size === 0) index.delete(key);
      }
      for (const key of next) {
        const ids = index.get(key);
        if (ids === undefined) index.set(key, new Set([id]));
        else ids.add(id);
      }
    }
  }
}

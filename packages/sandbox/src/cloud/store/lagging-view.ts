import { INDEXES } from "../model-indexes";
import type { Kind, Kinds, Stored } from "../model";
import type { State, View } from "./state";

/**
 * The state as an eventually consistent reader sees it: a record changed less than the lag ago is still shown as it
 * was before. Kept in memory only: after a restart everything is consistent.
 */
export class LaggingView implements View {
  private readonly recent = new Map<
    string,
    { readonly kind: Kind; readonly before: Stored | undefined; readonly until: number }
  >();
  private now = 0;

  public constructor(
    private readonly state: State,
    private readonly lag: number,
  ) {}

  /** Notes what a commit changed. */
  public note(before: ReadonlyMap<string, Stored | undefined>, now: number): void {
    if (this.lag <= 0) return;
    for (const [key, record] of before) {
      const kind = key.slice(0, key.indexOf("/")) as Kind;
      // The older past stays shown until its own time is up.
      if (!this.recent.has(key)) this.recent.set(key, { kind, before: record, until: now + this.lag });
    }
  }

  public at(now: number): View {
    if (this.lag <= 0) return this.state;
    this.now = now;
    for (const [key, entry] of this.recent) if (entry.until <= now) this.recent.delete(key);
    return this;
  }

  public get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    const entry = this.recent.get(`${kind}/${id}`);
    if (entry === undefined) return this.state.get(kind, id);
    return this.alive(entry.before) as Kinds[K] | undefined;
  }

  public all<K extends Kind>(kind: K): Kinds[K][] {
    return this.merge(kind, this.state.all(kind), () => true);
  }

  public by<K extends Kind>(kind: K, index: string, key: string): Kinds[K][] {
    const keysOf = (INDEXES[kind] as Record<string, (record: Stored) => readonly string[]>)[index];
    return this.merge(kind, this.state.by(kind, index, key), (record) => keysOf?.(record).includes(key) ?? false);
  }

  public countBy(kind: Kind, index: string, key: string): number {
    return this.by(kind, index, key).length;
  }

  private merge<K extends Kind>(kind: K, current: readonly Kinds[K][], fits: (record: Stored) => boolean): Kinds[K][] {
    const shown = (record: Stored | undefined): record is Kinds[K] => record !== undefined && fits(record as Kinds[K]);
    // Each in its place; what was removed since follows.
    const seen = current.map((record) => {
      const entry = this.recent.get(`${kind}/${record.id}`);
      return entry === undefined ? record : this.alive(entry.before);
    });
    const here = new Set(current.map(({ id }) => `${kind}/${id}`));
    const gone = [...this.recent]
      .filter(([key, entry]) => entry.kind === kind && !here.has(key))
      .map(([, entry]) => this.alive(entry.before));
    return [...seen, ...gone].filter(shown);
  }

  private alive(record: Stored | undefined): Stored | undefined {
    return record?.gone !== undefined && record.gone <= this.now ? undefined : record;
  }
}

import type { Body, CallContext, CloudError, Params, Product, Quotas } from "./contract";
import { DURATIONS } from "./data/limits";
import type { Slow } from "./data/limits";
import { regionFact } from "./data/regions";
import type { RegionFact } from "./data/regions";
import { DRY_RUN } from "./data/dry-run";
import { invalid, missing, refused } from "./errors";
import type { IdMaker } from "./ids";
import type { Kind, Kinds, Stored } from "./model";
import { ParamReader } from "./params";
import type { Status } from "./status";
import { statusAt } from "./status";
import type { State, View } from "./store/state";

/** What is the same for all calls of one cloud. */
export interface Settings {
  readonly accountId: string;
  readonly quotas: Quotas;
  /** Factor by which waits are shortened; Infinity for none. */
  readonly speed: number;
  readonly regions: readonly string[];
  /** Which list of regions Anycast EIPs can be bound in. */
  readonly anycastRegions: "quick-start" | "current";
  readonly ids: IdMaker;
}

/** What fault rules change about one call. */
export interface CallFaults {
  /** Statuses set by this call never pass on. */
  readonly stuck: boolean;
  /** Tags are only put on in part. */
  readonly partialTags: boolean;
}

/** One action in progress: the request, the caller, and the state to read and change. */
export class Call {
  public readonly params: ParamReader;
  /** The region asked for; `""` when none was named. */
  public readonly region: string;
  /** An error to answer with although the changes are kept (partial success). */
  public partialFailure: CloudError | undefined;

  public constructor(
    public readonly product: Product,
    public readonly action: string,
    public readonly raw: Params,
    public readonly context: CallContext,
    public readonly settings: Settings,
    public readonly now: number,
    private readonly view: View,
    private readonly state: State,
    public readonly faults: CallFaults,
  ) {
    this.params = new ParamReader(raw);
    this.region = this.params.text("RegionId") ?? context.region;
    if (this.region !== "" && !settings.regions.includes(this.region))
      throw invalid("RegionId", `the region "${this.region}" does not exist.`, "InvalidRegionId.NotFound");
  }

  /** Ends a call that shall only be checked. What it changed until here is undone. @throws CloudError `DryRunOperation` */
  public endDryRun(): void {
    if (!DRY_RUN.has(`${this.product}.${this.action}`) || this.params.flag("DryRun") !== true) return;
    throw refused("DryRunOperation", "Request validation has been passed with DryRun flag set.");
  }

  public get ids(): IdMaker {
    return this.settings.ids;
  }

  /** The region to create in. @throws CloudError `MissingParameter` */
  public needRegion(): RegionFact {
    const fact = regionFact(this.region);
    if (fact === undefined) throw missing("RegionId");
    return fact;
  }

  /** An object, when it exists and is in the call's region. */
  public find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    const record = this.view.get(kind, id);
    return record !== undefined && this.isHere(record) ? record : undefined;
  }

  /** An object wherever it is. */
  public findAnywhere<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.view.get(kind, id);
  }

  /** All objects of a kind in the call's region. */
  public list<K extends Kind>(kind: K): Kinds[K][] {
    return this.view.all(kind).filter((record) => this.isHere(record));
  }

  public by<K extends Kind>(kind: K, index: string, key: string): Kinds[K][] {
    return this.view.by(kind, index, key);
  }

  public countBy(kind: Kind, index: string, key: string): number {
    return this.view.countBy(kind, index, key);
  }

  public put<K extends Kind>(kind: K, record: Kinds[K]): void {
    this.state.put(kind, record);
  }

  /** Changes an object; what is not named stays. */
  public update<K extends Kind>(kind: K, record: Kinds[K], changes: Partial<Kinds[K]>): Kinds[K] {
    const changed = { ...record, ...changes };
    this.state.put(kind, changed);
    return changed;
  }

  public remove(kind: Kind, id: string): void {
    this.state.remove(kind, id);
  }

  /** The moment at which slow work begun now is done; undefined when a fault makes it never end. */
  public doneAt(slow: Slow, base = this.now): number | undefined {
    return this.faults.stuck ? undefined : base + DURATIONS[slow] / this.settings.speed;
  }

  /** A status that advances step by step during slow work. */
  public status(...steps: readonly (readonly [status: string, slow?: Slow])[]): Status {
    const status: (readonly [string, number?])[] = [];
    let base = this.now;
    for (const [name, slow] of steps) {
      if (slow === undefined) {
        status.push([name]);
        break;
      }
      const until = this.doneAt(slow, base);
      if (until === undefined) return [...status, [name]];
      // A step that takes no time is never seen.
      if (until > base) status.push([name, until]);
      base = until;
    }
    return status;
  }

  public statusOf(record: { readonly status: Status }): string {
    return statusAt(record.status, this.now);
  }

  private isHere(record: Stored): boolean {
    return this.region === "" || record.region === "" || record.region === this.region;
  }
}

/** Carries out one action. Checks everything first, then changes: what it throws leaves the state as it was. */
export type Handler = (call: Call) => Body;
export type Actions = Readonly<Record<string, Handler>>;

import { setTimeout as sleep } from "node:timers/promises";
import type { Ask } from "../../check/live/api";
import type { Terraform } from "../../terraform";
import { pullState } from "../../terraform/state-version";
import { importObject, taint } from "./import";
import { instancesIn } from "./instances";
import { knownNow } from "./known-now";
import { cloudOf } from "./look-up/client";
import type { OpenApply } from "./open-applies";
import type { RecoverOptions } from "./recover-options";
import type { RecordContent } from "./record";
import type { Suspect, SuspectResult } from "./suspects";
import { find, suspectsOf } from "./suspects";

/** A list may lag behind for a moment: what is not there is looked for once more after so many milliseconds. */
const AGAIN_MS = 2_000;

type Outcomes = Map<string, SuspectResult>;

/**
 * Finds out what became of everything that one apply has begun, and brings what is there into the state.
 * @returns by address
 * @throws AnycastError `StateLocked`, `Interrupted`
 */
export async function findOut(
  terraform: Terraform,
  { record, left }: OpenApply,
  options: RecoverOptions,
): Promise<ReadonlyMap<string, SuspectResult>> {
  const state = new Map(instancesIn(await pullState(terraform)) ?? []);
  const search = new Search(terraform, record, suspectsOf(record, left), state, options);
  await search.among(search.suspects);
  while ((await search.learn()) > 0) await search.among(search.suspects.filter((one) => search.isUnsure(one)));
  const absent = search.suspects.filter(({ address }) => search.told.get(address)?.isListed === true);
  if (absent.length > 0) {
    await sleep(AGAIN_MS);
    await search.among(absent);
  }
  return search.told;
}

class Search {
  public readonly told: Outcomes = new Map();
  private readonly ask: Ask;

  public constructor(
    private readonly terraform: Terraform,
    private readonly record: RecordContent,
    public suspects: readonly Suspect[],
    private readonly state: Map<string, string>,
    private readonly options: RecoverOptions,
  ) {
    this.ask = cloudOf(terraform.env);
  }

  public isUnsure({ address }: Suspect): boolean {
    return this.told.get(address)?.outcome === "unsure";
  }

  /** Those first that others belong to. */
  public async among(suspects: readonly Suspect[]): Promise<void> {
    for (const { address } of suspects) this.told.delete(address);
    for (let open = suspects; open.length > 0;) {
      const next: Suspect[] = [];
      for (const suspect of open) {
        const { address } = suspect;
        const others = new Set([...open, ...next].map((one) => one.address).filter((one) => !this.told.has(one)));
        others.delete(address);
        const { ask, state, record, options } = this;
        const one = await find(suspect, { ask, state, open: others, suspects: this.suspects, record, options });
        if (one === "later") next.push(suspect);
        else this.told.set(address, await this.broughtIn(one));
      }
      if (next.length === open.length) {
        for (const { address } of next) {
          const text = "what it belongs to is not found out";
          this.told.set(address, { address, outcome: "unsure", text, candidates: [] });
        }
        return;
      }
      open = next;
    }
  }

  /** Takes over what is known by now of those that were not known. @returns of how many more is known */
  public async learn(): Promise<number> {
    const unsure = this.suspects.filter((one) => this.isUnsure(one));
    const { plan } = this.options.passed;
    const more = await knownNow(
      this.terraform,
      unsure.map(({ creation }) => creation),
      plan,
    );
    this.suspects = this.suspects.map((one) => {
      const creation = more.get(one.address);
      return creation === undefined ? one : { ...one, creation };
    });
    return more.size;
  }

  private async broughtIn(one: SuspectResult): Promise<SuspectResult> {
    const { address, id } = one;
    if (one.outcome !== "found" || id === undefined) return one;
    const { dryRun, passed } = this.options;
    if (dryRun === true) {
      this.state.set(address, id);
      return one;
    }
    const result = await importObject(this.terraform, address, id, passed.plan);
    if (result === "absent") return { ...one, outcome: "absent", text: `${id} is not there` };
    if (typeof result === "object") return { ...one, outcome: "unsure", text: result.failed };
    this.state.set(address, id);
    const isAgainMade = one.redo === true && (await taint(this.terraform, address, passed.apply));
    const text = isAgainMade ? `${one.text}; it may be half made, so the next apply makes it again` : one.text;
    return { ...one, outcome: "imported", text };
  }
}

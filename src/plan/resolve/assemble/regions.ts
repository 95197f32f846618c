import type { TargetFacts } from "../facts-document";
import type { Entry } from "../entry";
import { isRecord } from "../../../core/is-record";
import { member } from "../json-values";
import type { Origin, Origins } from "../origins";
import type { PlanIndex } from "../plan-index";
import { shownValue } from "./found";
import { inPlace, whatElse } from "./doubt";
import type { RegionEvidence } from "./region-evidence";

export type Region = TargetFacts["region"];

interface Found {
  readonly region: Region;
  /** An expression that decides was only listed by its references. */
  readonly listed: boolean;
}

/** Values named one by one in a message. */
const MOST = 3;

const NO_BLOCK: Found = { region: { value: null, from: "no configuration block in the plan" }, listed: false };

/** The region that a resource is in: that of its provider configuration. Each configuration is worked out once. */
export class Regions {
  private readonly known = new Map<string, Found>();

  public constructor(
    private readonly index: PlanIndex,
    private readonly origins: Origins,
    private readonly fromEnvironment: string | null,
    private readonly evidence: RegionEvidence,
  ) {}

  /** Undefined where the plan names the provider's configuration in no way that it can be found by. */
  public of(entry: Entry): Found | undefined {
    const key = member(this.index.block(entry), "provider_config_key");
    const configs = member(this.index.plan, "configuration", "provider_config");
    if (key === undefined || (configs !== undefined && !isRecord(configs))) return NO_BLOCK;
    if (typeof key !== "string") return undefined;
    const id = this.origins.hasInstances?.(key) === true ? `${key} ${entry.address}` : key;
    let found = this.known.get(id);
    if (found === undefined) this.known.set(id, (found = this.written(key, entry)));
    return found;
  }

  private written(key: string, entry: Entry): Found {
    const origins = this.origins.originsOfRegion(key, entry);
    const listed = origins?.some((one) => one.listed === true) ?? false;
    return { region: this.region(key, origins), listed };
  }

  private region(key: string, origins: readonly Origin[] | undefined): Region {
    const provider = `provider ${key}`;
    const value = origins === undefined ? null : theValue(origins);
    if (typeof value === "string") {
      const isHidden = origins?.some((one) => one.what === "known" && one.hidden) ?? false;
      return isHidden ? { value, shown: "(sensitive value)", from: provider } : { value, from: provider };
    }
    if (value !== null) return { value: null, from: `the region of ${provider} is ${whyNot(origins ?? [])}` };
    if (typeof this.fromEnvironment !== "string")
      return { value: null, from: `${provider} takes its region from the environment` };
    return this.claimed(key, this.fromEnvironment);
  }

  /** What the user says of the environment counts, unless the plan shows that it cannot be so. */
  private claimed(key: string, region: string): Region {
    const against = this.evidence.against(key, region);
    if (against === undefined) return { value: region, from: "the environment, not the plan" };
    return {
      value: null,
      from: `provider ${key} takes its region from the environment: said to be ${region}, but ${against}`,
    };
  }
}

/** Why there is no one value: by the expression, where its source is at hand. */
function whyNot(origins: readonly Origin[]): string {
  const [first] = origins;
  if (first === undefined || origins.some((one) => one.listed === true || one.at === undefined))
    return "not a value the plan holds";
  const doubtful = origins.find((one) => one.what !== "known");
  if (doubtful !== undefined) return inPlace(doubtful, whatElse(doubtful));
  const values = origins.flatMap((one) => (one.what === "known" ? [shownValue(one)] : []));
  return inPlace(first, `may be ${values.slice(0, MOST).join(" or ")}${values.length > MOST ? " or another" : ""}`);
}

/**
 * The one value there may be; undefined where there is none or more. An empty region counts as none: the provider then
 * takes it from the environment.
 */
function theValue(origins: readonly Origin[]): unknown {
  const [only] = origins;
  if (origins.length !== 1 || only?.what !== "known" || !only.exact || only.value === "") return undefined;
  return only.value;
}

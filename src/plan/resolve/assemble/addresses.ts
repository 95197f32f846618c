import { type Entry, isUnknown, planned } from "../entry";
import { type Origin, type Origins, takes } from "../origins";
import type { PlanIndex } from "../plan-index";

/** How many bindings an address may be handed on through. */
const DEPTH = 4;
/** Above this number, possible addresses are not listed one by one. */
const MANY = 16;

interface Of {
  /** Ids and addresses of resources it may be, null for one that cannot be determined. */
  readonly of: readonly (string | null)[];
  readonly listed: boolean;
}

const CANNOT_TELL: readonly null[] = [null];

/** Which Anycast EIP a binding is of. */
export class Addresses {
  private readonly known = new Map<string, Of>();

  public constructor(
    private readonly index: PlanIndex,
    private readonly origins: Origins,
  ) {}

  public of(binding: Entry, depth = DEPTH): Of {
    const key = `${String(depth)} ${binding.address}`;
    let of = this.known.get(key);
    if (of === undefined) this.known.set(key, (of = this.work(binding, depth)));
    return of;
  }

  private work(binding: Entry, depth: number): Of {
    const id = planned(binding, "anycast_id");
    if (typeof id === "string") return { of: [id], listed: false };
    if (!isUnknown(binding, "anycast_id")) return { of: [], listed: false };
    const origins = this.origins.originsOf(binding, "anycast_id");
    const of = new Set<string | null>();
    let listed = origins.some((one) => one.listed === true);
    for (const origin of origins) {
      const from = this.from(origin, depth);
      listed ||= from.listed;
      for (const one of from.of) of.add(one);
    }
    return { of: of.size > MANY ? CANNOT_TELL : [...of], listed };
  }

  private from(origin: Origin, depth: number): Of {
    const none = { of: CANNOT_TELL, listed: false };
    if (origin.what === "known")
      return origin.listed !== true && typeof origin.value === "string" ? { of: [origin.value], listed: false } : none;
    if (origin.what === "opaque" || origin.addresses.length > MANY) return none;
    const role = this.index.roleOf(origin.type);
    if (role === "address") return { of: origin.addresses, listed: false };
    // Taken from another binding, which makes Terraform create them one after the other.
    if (role !== "attachment" || !takes(origin, "anycast_id") || depth === 0) return none;
    const others = origin.addresses.map((address) => this.of(this.index.lasting.get(address)!, depth - 1));
    return { of: others.flatMap((one) => one.of), listed: others.some((one) => one.listed) };
  }
}

import { defined } from "../../../core/defined";
import { type Entry, isUnknown, planned } from "../entry";
import type { ProblemFacts } from "../facts-document";
import { type Origin, type Origins, type ResourceOrigin, takes } from "../origins";
import type { PlanIndex } from "../plan-index";
import { mayBe, taken } from "./found";

/** How many bindings an address may be handed on through. */
const DEPTH = 4;
/** Above this number, possible addresses are not listed one by one. */
const MANY = 16;

interface Of {
  /** Ids and addresses of resources it may be, null for one that cannot be determined. */
  readonly of: readonly (string | null)[];
  readonly listed: boolean;
  /** What surely or perhaps is no id of an Anycast EIP; only of what was evaluated. */
  readonly problems: readonly ProblemFacts[];
}

const NONE: readonly never[] = [];
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
    if (typeof id === "string") return { of: [id], listed: false, problems: NONE };
    if (!isUnknown(binding, "anycast_id")) return { of: [], listed: false, problems: NONE };
    const origins = this.origins.originsOf(binding, "anycast_id");
    const of = new Set<string | null>();
    let listed = origins.some((one) => one.listed === true);
    for (const origin of origins) {
      const from = this.from(origin, depth);
      listed ||= from.listed;
      for (const one of from.of) of.add(one);
    }
    // One that is only listed may be a condition or a key, unless nothing next to it can be the id.
    const isWrong = origins.every((one) => this.isSomethingElse(one));
    const decisive = isWrong ? origins : origins.filter(({ listed: isListed }) => isListed !== true);
    const problems = decisive.flatMap((one) => this.problemsOf(one));
    return { of: of.size > MANY ? CANNOT_TELL : [...of], listed, problems };
  }

  private from(origin: Origin, depth: number): Omit<Of, "problems"> {
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

  private problemsOf(origin: Origin): readonly ProblemFacts[] {
    const what = this.wrongWith(origin);
    if (what === undefined) return NONE;
    return [{ problem: what, by: origin.by, ...defined({ at: origin.at }), attribute: "anycast_id" }];
  }

  private wrongWith(origin: Origin): string | undefined {
    if (origin.what === "opaque") return origin.why;
    if (origin.what === "known") {
      if (typeof origin.value === "string" && origin.value.startsWith("aeip-")) return undefined;
      return `${mayBe(origin)}, which is not the id of an Anycast EIP`;
    }
    if (!this.isAddressId(origin)) {
      return `${taken(origin)}, which is not the id of an Anycast EIP`;
    }
    return origin.addresses.length > 0
      ? undefined
      : "refers to an Anycast EIP that will not exist, or not in this plan";
  }

  /** An attribute that is surely no id of an Anycast EIP; of a resource as a whole, any attribute may be meant. */
  private isSomethingElse(origin: Origin): boolean {
    if (origin.what !== "resource" || ["", "?"].includes(origin.attribute)) return false;
    if (origin.attribute === ".id") return this.index.roleOf(origin.type) !== "address";
    // What terraform_data stores may be of any kind.
    return origin.type !== "terraform_data" && !this.isAddressId(origin);
  }

  private isAddressId(origin: ResourceOrigin): boolean {
    const role = this.index.roleOf(origin.type);
    return (role === "address" && takes(origin, "id")) || (role === "attachment" && takes(origin, "anycast_id"));
  }
}

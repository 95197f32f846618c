import { defined } from "../../../core/defined";
import type { BindingFacts, TargetFacts } from "../facts-document";
import { type Entry, isContradictory, isSensitive, isUnknown, planned, shown } from "../entry";
import { marshal, member } from "../json-values";
import type { Origins } from "../origins";
import type { PlanIndex } from "../plan-index";
import type { Addresses } from "./addresses";
import type { Areas } from "./areas";
import type { DataSources } from "./data-sources";
import { afterApply } from "./doubt";
import { type Found, NOTHING, problem, together } from "./found";
import type { Held } from "./held";
import type { Ids } from "./ids";
import { interfaceFrom } from "./interfaces";
import type { Live } from "./live";
import { balancersFrom } from "./references";
import type { Targets } from "./targets";

/** Attributes of a binding that rules take by their value. */
const DECISIVE = ["bind_instance_region_id", "bind_instance_type", "association_mode"];
const BALANCER_ID = /^lb-[a-zA-Z0-9-]+$/;
const BY_ID = "is a literal id that nothing in this plan proves";

/** What each binding binds. */
export class Bindings {
  public constructor(
    private readonly index: PlanIndex,
    private readonly origins: Origins,
    private readonly addresses: Addresses,
    private readonly areas: Areas,
    private readonly held: Held,
    private readonly ids: Ids,
    private readonly targets: Targets,
    private readonly dataSources: DataSources,
    private readonly live: Live,
  ) {}

  public of(entry: Entry): BindingFacts {
    const found = this.found(entry);
    const { targets, problems, listed, doubt } = this.discreet(entry, found);
    const anycast = this.addresses.of(entry);
    return {
      address: entry.address,
      anycast: anycast.of,
      ...defined({
        area: this.areas.of(anycast.of),
        doubt,
        unbound: this.held.unbound(anycast.of),
        later: this.later(entry),
      }),
      held: this.held.of(entry, anycast.of, found.targets),
      targets,
      problems: [...problems, ...anycast.problems],
      visible: !listed && !anycast.listed,
    };
  }

  private later(entry: Entry): BindingFacts["later"] {
    const told = DECISIVE.flatMap((attribute) => {
      if (!isUnknown(entry, attribute)) return [];
      const said = afterApply(this.origins.originsOf(entry, attribute), ({ what }) => what !== "opaque");
      return said === undefined ? [] : [[attribute, said] as const];
    });
    return told.length === 0 ? undefined : Object.fromEntries(told);
  }

  private found(entry: Entry): Found {
    if (isContradictory(entry, "bind_instance_id"))
      return problem("is said to be known and not to be", "bind_instance_id");
    const isInterface = member(entry.change, "after", "bind_instance_type") === "NetworkInterface";
    const id = planned(entry, "bind_instance_id");
    if (id !== undefined) return isInterface ? this.interfaceById(id) : this.byId(id);
    const origins = this.origins.originsOf(entry, "bind_instance_id");
    if (origins.length === 0) return NOTHING;
    const found = isInterface
      ? together(
          origins.map((origin) => interfaceFrom(origin, this.index, this.targets, (id) => this.interfaceById(id))),
        )
      : balancersFrom(origins, this.index, this.targets, (id) => this.byId(id));
    const listed = found.listed || origins.some((one) => one.listed === true);
    return { ...found, listed, ...defined({ doubt: origins.find((one) => one.doubt !== undefined)?.doubt }) };
  }

  /** A known id: every load balancer of this plan with that id that survives it, and what data sources or the cloud said of it. */
  private byId(id: unknown): Found {
    if (typeof id !== "string" || !BALANCER_ID.test(id)) return problem("is not an id", marshal(id));
    const leaving = this.ids.leaving.get(id);
    if (leaving !== undefined) return problem("is destroyed or replaced by this plan", leaving);
    const seen = { targets: [...this.dataSources.withId(id), ...this.live.withId(id)], problems: [], listed: false };
    const found = together([
      ...(this.ids.balancers.get(id) ?? []).map((address) => this.targets.byId(address, id, "load_balancers")),
      seen,
    ]);
    return found.targets.length > 0 ? found : problem(BY_ID, id);
  }

  private interfaceById(id: unknown): Found {
    const addresses = typeof id === "string" ? (this.ids.interfaces.get(id) ?? []) : [];
    const found = together([
      NOTHING,
      ...addresses.map((address) => this.targets.byId(address, id as string, "network_interfaces")),
    ]);
    return found.targets.length > 0 ? found : problem(BY_ID, marshal(id));
  }

  /** A sensitive id is treated like any other and shown nowhere. */
  private discreet(entry: Entry, found: Found): Found {
    if (planned(entry, "bind_instance_id") === undefined || !isSensitive(entry, "bind_instance_id")) return found;
    const by = shown(entry, "bind_instance_id");
    const hide = <One extends { readonly by: string }>(one: One): One => ({ ...one, by });
    return { ...found, targets: found.targets.map<TargetFacts>(hide), problems: found.problems.map(hide) };
  }
}

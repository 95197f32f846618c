import type { JsonObject } from "../../plan";
import { asList, asObject } from "../../plan";

const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment";
const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
const DEFAULT_AREA = "international";

export interface Questions {
  /** Load balancers named by a literal id that no resource of the plan has. */
  readonly ids: readonly { readonly id: string; readonly region: string }[];
  /** Areas (`service_location`) of the plan's addresses. */
  readonly areas: readonly string[];
}

/** What only the cloud can tell about a plan. */
export function questionsOf(plan: JsonObject): Questions {
  const planned = asList(plan.resource_changes).map((entry) => ({
    entry: asObject(entry),
    after: asObject(asObject(asObject(entry)?.change)?.after),
  }));
  const known = new Set(planned.filter(({ entry }) => entry?.type !== ATTACHMENT).map(({ after }) => after?.id));
  const ids = new Map<string, string>();
  const areas = new Set<string>();
  for (const { entry, after } of planned) {
    if (entry?.type === ADDRESS && typeof after?.service_location === "string") areas.add(after.service_location);
    const { bind_instance_id: id, bind_instance_region_id: region } = after ?? {};
    if (entry?.type === ATTACHMENT && typeof id === "string" && typeof region === "string" && !known.has(id))
      ids.set(id, region);
  }
  return {
    ids: [...ids].map(([id, region]) => ({ id, region })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    areas: areas.size > 0 ? [...areas].sort() : [DEFAULT_AREA],
  };
}

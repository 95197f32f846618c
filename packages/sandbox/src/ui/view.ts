import type { AccessPointView, BindingView, CloudSnapshot, ObjectView } from "../cloud/contract";
import { placeOfAccessPoint, REGIONS } from "../internet/places";
import type { Origin } from "../internet/lookup";
import { targetOf } from "../internet/route";
import type { StatusStep, StatusTimes } from "./status-times";

/** Most rows of one table; a page with more is of no use to anybody. */
export const MOST_ROWS = 500;

/** One row: what the page shows of an object. */
export interface Row extends ObjectView {
  readonly steps: readonly StatusStep[];
}

export interface BindingRow extends BindingView {
  readonly key: string;
  /** Name or else IP address of the Anycast EIP. */
  readonly address: string;
  readonly steps: readonly StatusStep[];
}

export interface RegionRow {
  readonly id: string;
  readonly loadBalancers: number;
  readonly eips: number;
  readonly bindings: number;
  readonly others: number;
}

export interface AccessPointRow extends AccessPointView {
  /** Where users who enter here are led: addresses by the region of their origin. */
  readonly leadsTo: Readonly<Record<string, number>>;
}

/** A table with how many rows it would have. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** All that the page shows but the request log. */
export interface PageState {
  readonly directory: string;
  readonly accountId: string;
  /** Regions in which something is. */
  readonly regions: Rows<RegionRow>;
  /** Regions in which nothing is. */
  readonly emptyRegions: readonly string[];
  readonly accessPoints: Rows<AccessPointRow>;
  readonly anycast: Rows<Row>;
  readonly eips: Rows<Row>;
  readonly bindings: Rows<BindingRow>;
  readonly loadBalancers: Rows<Row>;
}

const keyOf = (binding: BindingView): string => `${binding.anycastId} ${binding.region} ${binding.instanceId}`;

/** What the page shows of a snapshot; statuses get the times at which they were first seen. */
export function pageState(snapshot: CloudSnapshot, times: StatusTimes): PageState {
  const { objects, bindings } = snapshot;
  const stepsOf = times.look(
    [
      ...objects.map(({ kind, id, status }) => [`${kind} ${id}`, status] as const),
      ...bindings.map((binding) => [keyOf(binding), binding.status] as const),
    ],
    snapshot.at,
  );
  const ofKind = (kind: string): Rows<Row> => {
    const all = objects.filter((object) => object.kind === kind);
    return cut(all, (object) => ({ ...object, steps: stepsOf(`${kind} ${object.id}`) }));
  };
  const anycast = new Map(objects.filter(({ kind }) => kind === "anycast-eip").map((object) => [object.id, object]));
  const regions = regionRows(snapshot);
  const used = new Set(regions.map(({ id }) => id));
  return {
    directory: snapshot.directory,
    accountId: snapshot.accountId,
    regions: cut(regions, (region) => region),
    emptyRegions: snapshot.regions.filter((region) => !used.has(region)),
    accessPoints: cut(snapshot.accessPoints, (point) => ({ ...point, leadsTo: leadsTo(point, bindings, anycast) })),
    anycast: ofKind("anycast-eip"),
    eips: ofKind("eip"),
    bindings: cut(bindings, (binding) => {
      const key = keyOf(binding);
      return { ...binding, key, address: nameOf(anycast.get(binding.anycastId)), steps: stepsOf(key) };
    }),
    loadBalancers: ofKind("load-balancer"),
  };
}

function cut<T, R>(all: readonly T[], row: (one: T) => R): Rows<R> {
  return { rows: all.slice(0, MOST_ROWS).map(row), total: all.length };
}

const nameOf = (address: ObjectView | undefined): string => address?.name || (address?.facts.ip ?? "");

const COUNTED: Readonly<Record<string, "loadBalancers" | "eips">> = { "load-balancer": "loadBalancers", eip: "eips" };

function regionRows({ regions, objects, bindings }: CloudSnapshot): RegionRow[] {
  const counts = new Map<string, Record<"loadBalancers" | "eips" | "bindings" | "others", number>>();
  const count = (region: string, what: "loadBalancers" | "eips" | "bindings" | "others"): void => {
    const row = counts.get(region) ?? { loadBalancers: 0, eips: 0, bindings: 0, others: 0 };
    row[what] += 1;
    counts.set(region, row);
  };
  for (const { region, kind } of objects) if (region !== "") count(region, COUNTED[kind] ?? "others");
  for (const { region } of bindings) count(region, "bindings");
  return regions.flatMap((id) => (counts.has(id) ? [{ id, ...counts.get(id)! }] : []));
}

/** The way traffic really takes in the simulated internet; what is not bound yet is silent there. */
function leadsTo(
  point: AccessPointView,
  bindings: readonly BindingView[],
  anycast: ReadonlyMap<string, ObjectView>,
): Record<string, number> {
  if (placeOfAccessPoint(point.id) === undefined) return {};
  const origins = new Map<string, Origin[]>();
  for (const { anycastId, region, status, mode, popLocations } of bindings) {
    if (!["BINDED", "MODIFYING"].includes(status) || !Object.hasOwn(REGIONS, region)) continue;
    if (anycast.get(anycastId)?.facts["service-location"] !== point.serviceLocation) continue;
    const target = { region, accessPoints: popLocations, isDefault: mode === "Default" };
    origins.set(anycastId, [...(origins.get(anycastId) ?? []), target]);
  }
  const counts: Record<string, number> = {};
  for (const targets of origins.values()) {
    const region = targetOf(point.id, targets)?.region;
    if (region !== undefined) counts[region] = (counts[region] ?? 0) + 1;
  }
  return counts;
}

import type { Traffic } from "../../internet/traffic";
import type { Cards } from "./cards";
import { cardsOf } from "./cards";
import type { Inventory } from "./inventory";
import type { AccessPointRow, RegionRow } from "./network";
import { accessPointRows, regionRows } from "./network";
import type { Picture } from "./picture";
import { pictureOf } from "./picture";
import type { Query } from "./query";

/** Everything that one page shows except the request log. Its size is limited, however many objects the cloud has. */
export interface PageState {
  readonly directory: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly counts: { readonly anycast: number; readonly loadBalancers: number; readonly eips: number };
  readonly picture: Picture;
  readonly addresses: Cards;
  /** Regions in which something is. */
  readonly regions: readonly RegionRow[];
  /** Regions in which nothing is. */
  readonly emptyRegions: readonly string[];
  readonly accessPoints: readonly AccessPointRow[];
}

export function pageState(inventory: Inventory, traffic: Traffic | undefined, query: Query): PageState {
  const { directory, accountId, regions: known } = inventory.snapshot;
  const regions = regionRows(inventory);
  const used = new Set(regions.map(({ id }) => id));
  return {
    directory,
    accountId,
    at: Date.now(),
    counts: {
      anycast: inventory.all("anycast-eip").length,
      loadBalancers: inventory.all("load-balancer").length,
      eips: inventory.all("eip").length,
    },
    picture: pictureOf(inventory, traffic, query.address),
    addresses: cardsOf(inventory, query),
    regions,
    emptyRegions: known.filter((region) => !used.has(region)),
    accessPoints: accessPointRows(inventory),
  };
}

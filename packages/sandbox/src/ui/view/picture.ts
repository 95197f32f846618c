import type { ObjectView } from "../../cloud/contract";
import { carriesTraffic } from "../../internet/cloud-lookup";
import type { Origin } from "../../internet/lookup";
import { placeOfAccessPoint, REGIONS, USER_LOCATIONS } from "../../internet/places";
import type { UserLocation } from "../../internet/places";
import { nearestAccessPoint, routeFrom, targetOf } from "../../internet/route";
import type { Times, Traffic } from "../../internet/traffic";
import { bindingPart } from "./cards";
import type { BindingPart } from "./cards";
import type { Inventory } from "./inventory";
import { regionName } from "./inventory";

/** Users in the picture before the first measurement: near and far from every region of the quick start. */
const USERS: readonly UserLocation[] = ["london", "hong-kong", "frankfurt", "virginia"];

/** Where an address of each area could lead, so that the picture explains itself while the address has no target. */
const EXAMPLES: Readonly<Record<string, string>> = { ChineseMainland: "cn-hangzhou" };
const exampleIn = (area: string): string => EXAMPLES[area] ?? "ap-southeast-1";

/** A user and the two ways from there. Expected times are those of an undisturbed round trip, in milliseconds. */
export interface PictureUser {
  readonly id: UserLocation;
  /** Access point at which the traffic enters; left out when there is none. */
  readonly entry?: string;
  /** Region that it is routed to; left out when the address has no target. */
  readonly region?: string;
  readonly expected: { readonly toEntryMs?: number; readonly acceleratedMs?: number; readonly plainMs?: number };
  /** What requests really took. */
  readonly accelerated?: Times;
  readonly plain?: Times;
}

export interface PictureRegion extends BindingPart {
  /** Whether traffic arrives here now. */
  readonly carries: boolean;
}

/** One Anycast EIP, who uses it, and where it leads. */
export interface Picture {
  /** Left out when there is no Anycast EIP. */
  readonly address?: { readonly id: string; readonly name: string; readonly ip: string };
  readonly users: readonly PictureUser[];
  readonly entries: readonly { readonly id: string; readonly name: string }[];
  readonly regions: readonly PictureRegion[];
  /** Name of the region that expected times are to while the address is bound to none. */
  readonly example?: string;
}

/** @param asked id of the address to show; another one is chosen when there is none of that id */
export function pictureOf(inventory: Inventory, traffic: Traffic | undefined, asked: string): Picture {
  const address = chosen(inventory, asked);
  const bindings = address === undefined ? [] : inventory.bindings(address.id);
  const regions = bindings.map((binding) => ({
    ...bindingPart(inventory, binding),
    carries: carriesTraffic(binding.status),
  }));
  const area = address?.facts["service-location"] ?? "international";
  const points = inventory.snapshot.accessPoints.filter(
    ({ id, serviceLocation }) => serviceLocation === area && placeOfAccessPoint(id) !== undefined,
  );
  const ips = [address?.facts.ip ?? "", ...regions.flatMap(({ target }) => plainIps(target))];
  const seen = traffic?.usersOf(ips, Object.keys(USER_LOCATIONS) as UserLocation[]) ?? [];
  const users = [...new Set([...USERS, ...seen])].map((user) =>
    userOf(user, { points: points.map(({ id }) => id), regions, ip: ips[0]!, traffic, example: exampleIn(area) }),
  );
  const entries = new Set(users.map(({ entry }) => entry));
  return {
    ...(address === undefined ? {} : { address: { id: address.id, name: address.name, ip: address.facts.ip ?? "" } }),
    users,
    // In the order of the users, so that the ways between them cross as little as they can.
    entries: [...entries].flatMap((entry) =>
      points.filter(({ id }) => id === entry).map(({ id, name }) => ({ id, name })),
    ),
    regions,
    ...(regions.length === 0 ? { example: regionName(exampleIn(area)) } : {}),
  };
}

/** The one asked for, else one that leads somewhere, else any. */
function chosen(inventory: Inventory, asked: string): ObjectView | undefined {
  const all = inventory.all("anycast-eip");
  return all.find(({ id }) => id === asked) ?? all.find(({ id }) => inventory.bindings(id).length > 0) ?? all[0];
}

const plainIps = ({ plain }: BindingPart["target"]): string[] => plain.first.map(({ ip }) => ip);

interface Around {
  readonly points: readonly string[];
  readonly regions: readonly PictureRegion[];
  readonly ip: string;
  readonly traffic: Traffic | undefined;
  readonly example: string;
}

function userOf(user: UserLocation, { points, regions, ip, traffic, example }: Around): PictureUser {
  const entry = nearestAccessPoint(user, points);
  const origins = regions
    .filter(({ carries, region }) => carries && Object.hasOwn(REGIONS, region))
    .map((region): Origin & { readonly of: PictureRegion } => ({
      of: region,
      region: region.region,
      accessPoints: region.accessPoints.filter((id) => placeOfAccessPoint(id) !== undefined),
      isDefault: region.mode === "Default",
    }));
  const led = entry === undefined ? undefined : targetOf(entry, origins)?.of;
  // The plain way is open before the binding is.
  const compared = led ?? regions[0];
  const plainIp = compared === undefined ? undefined : plainIps(compared.target)[0];
  const accelerated = led === undefined ? undefined : traffic?.times(user, ip, led.region);
  const plain =
    plainIp === undefined || compared === undefined ? undefined : traffic?.times(user, plainIp, compared.region);
  return {
    id: user,
    ...(entry === undefined ? {} : { entry }),
    ...(led === undefined ? {} : { region: led.region }),
    expected: expected(user, entry, compared?.region ?? example, led !== undefined || compared === undefined),
    ...(accelerated === undefined ? {} : { accelerated }),
    ...(plain === undefined ? {} : { plain }),
  };
}

function expected(
  user: UserLocation,
  entry: string | undefined,
  region: string,
  carries: boolean,
): PictureUser["expected"] {
  if (!Object.hasOwn(REGIONS, region)) return {};
  const plainMs = routeFrom(user, region).rttMs;
  if (entry === undefined) return { plainMs };
  const { legs, rttMs } = routeFrom(user, region, entry);
  return { plainMs, toEntryMs: legs[0]!.rttMs, ...(carries ? { acceleratedMs: rttMs } : {}) };
}

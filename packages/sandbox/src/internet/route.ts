import { expectationError } from "../errors";
import type { Origin } from "./lookup";
import { placeOfAccessPoint, REGIONS, USER_LOCATIONS } from "./places";
import type { Place, UserLocation } from "./places";
import { exponential } from "./random";
import type { Random } from "./random";

/** A part of a way that goes over one kind of network. Times are milliseconds. */
export interface Leg {
  readonly network: "public" | "backbone";
  /** Undisturbed time there and back. */
  readonly rttMs: number;
  /** Mean of the queueing delay that each packet meets in each direction. */
  readonly jitterMs: number;
  /** Share of TCP segments that get lost here and are sent again. */
  readonly loss: number;
}

/** One way through the simulated internet. Times are milliseconds. */
export interface Route {
  /** From the user to the region. What the route says of delay and loss follows from them. */
  readonly legs: readonly Leg[];
  /** Where traffic enters the provider's backbone. @default it stays on the public internet all the way */
  readonly accessPoint?: string;
  /** Undisturbed time there and back. */
  readonly rttMs: number;
  /** Mean of the queueing delay that each packet meets in each direction. */
  readonly jitterMs: number;
  /** Share of TCP segments that get lost and are sent again. */
  readonly loss: number;
  /** Most bytes that are sent without having been acknowledged. */
  readonly windowBytes: number;
  /** Bytes per millisecond of the narrowest part. */
  readonly bytesPerMs: number;
}

/** What a server's TCP and a user's access line allow, on either way: 512 KiB under way, 100 Mbit/s. */
const LINE = { windowBytes: 512 * 1024, bytesPerMs: 12_500 };

const KM_PER_MS = 204;
/** How much longer than the straight line the way is. */
const DETOUR = { public: 1.65, backbone: 1.3 };
/** Access network of the user, there and back. */
const LAST_MILE_MS = 3;
/** Load balancer and server, there and back. */
const INSIDE_REGION_MS = 1;
/** Share of the time on the public internet that packets wait in queues, in the mean. */
const PUBLIC_QUEUES = 0.03;
/** Loss on the way out of the user's own network, and what 1000 km of the public internet add: borders between networks. */
const PUBLIC_LOSS = { lastMile: 0.0001, per1000Km: 0.00004 };
/** A backbone is one network, and built for what it carries. */
const BACKBONE_JITTER_MS = 0.5;

/** Great-circle distance in kilometres (haversine). */
export function distanceKm(a: Place, b: Place): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

const rttOver = (a: Place, b: Place, detour: number): number => ((2 * distanceKm(a, b)) / KM_PER_MS) * detour;

/** Checks a user location given as text. @throws SandboxError `UserLocationUnknown` */
export function userLocation(text: string): UserLocation {
  if (Object.hasOwn(USER_LOCATIONS, text)) return text as UserLocation;
  throw expectationError("UserLocationUnknown", {
    what: "the user's location",
    rule: `one of ${Object.keys(USER_LOCATIONS).join(", ")}`,
    got: text,
    fix: "name one of these places.",
  });
}

/**
 * The way from a user to a target in a region.
 * @param accessPoint where the traffic enters the backbone; none for a plain address
 * @throws SandboxError `PlaceNotOnMap`
 */
export function routeFrom(user: UserLocation, region: string, accessPoint?: string): Route {
  const from = USER_LOCATIONS[user];
  const to = onMap(Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined, "region", region);
  if (accessPoint === undefined) return { ...wayOver([publicLeg(from, to)]), ...LINE };
  const entry = onMap(placeOfAccessPoint(accessPoint), "access point", accessPoint);
  return { accessPoint, ...wayOver([publicLeg(from, entry), backboneLeg(entry, to)]), ...LINE };
}

/** A longer way passes more queues and more borders between networks, where packets wait and get lost. */
function publicLeg(from: Place, to: Place): Leg {
  const rttMs = LAST_MILE_MS + rttOver(from, to, DETOUR.public);
  const loss = PUBLIC_LOSS.lastMile + (PUBLIC_LOSS.per1000Km * distanceKm(from, to)) / 1000;
  return { network: "public", rttMs, jitterMs: rttMs * PUBLIC_QUEUES, loss };
}

function backboneLeg(from: Place, to: Place): Leg {
  return { network: "backbone", rttMs: rttOver(from, to, DETOUR.backbone), jitterMs: BACKBONE_JITTER_MS, loss: 0 };
}

function wayOver(legs: readonly Leg[]): Pick<Route, "legs" | "rttMs" | "jitterMs" | "loss"> {
  const sum = (value: (leg: Leg) => number): number => legs.reduce((total, leg) => total + value(leg), 0);
  return {
    legs,
    rttMs: sum(({ rttMs }) => rttMs) + INSIDE_REGION_MS,
    jitterMs: sum(({ jitterMs }) => jitterMs),
    loss: 1 - legs.reduce((kept, { loss }) => kept * (1 - loss), 1),
  };
}

/** The access point nearest to a user, of those named. @throws SandboxError `PlaceNotOnMap` */
export function nearestAccessPoint(user: UserLocation, accessPoints: readonly string[]): string | undefined {
  return nearest(USER_LOCATIONS[user], accessPoints, (id) => onMap(placeOfAccessPoint(id), "access point", id));
}

/**
 * The target that traffic of an access point goes to: the one that claims it, else the nearest of those that claim none
 * and the Default one. So an address that is bound to anything is never silent at some access points only.
 */
export function targetOf<T extends Origin>(accessPoint: string, targets: readonly T[]): T | undefined {
  const claimed = targets.filter((one) => one.accessPoints.includes(accessPoint));
  const open = targets.filter((one) => one.accessPoints.length === 0 || one.isDefault === true);
  const entry = onMap(placeOfAccessPoint(accessPoint), "access point", accessPoint);
  return nearest(entry, claimed.length > 0 ? claimed : open, (one) => onMap(REGIONS[one.region], "region", one.region));
}

function nearest<T>(from: Place, all: readonly T[], placeOf: (one: T) => Place): T | undefined {
  const measured = all.map((one) => ({ one, km: distanceKm(from, placeOf(one)) }));
  return measured.sort((a, b) => a.km - b.km)[0]?.one;
}

function onMap(place: Place | undefined, what: string, name: string): Place {
  if (place !== undefined) return place;
  throw expectationError("PlaceNotOnMap", {
    what: `the ${what} of a simulated address`,
    rule: "a place the simulated internet knows",
    got: name,
    fix: `use one of the regions ${Object.keys(REGIONS).join(", ")}, or their access points.`,
  });
}

/** What a single packet meets. */
type Delays = Pick<Route, "rttMs" | "jitterMs" | "loss">;

/** First retransmission of a lost connection request (RFC 6298), and the least one of lost data on Linux. */
const SYN_TIMEOUT_MS = 1000;
const DATA_TIMEOUT_MS = 200;

/** Time from the connection request to its answer, for one connection. */
export function handshakeMs(route: Delays, random: Random): number {
  const lost = random() < route.loss ? SYN_TIMEOUT_MS : 0;
  return lost + route.rttMs + exponential(random, route.jitterMs) + exponential(random, route.jitterMs);
}

/** Time one piece of data takes in one direction. */
export function oneWayMs(route: Delays, random: Random): number {
  const lost = random() < route.loss ? Math.max(DATA_TIMEOUT_MS, route.rttMs * 1.5) : 0;
  return lost + route.rttMs / 2 + exponential(random, route.jitterMs);
}

import fc from "fast-check";
import { REGIONS as CLOUD_REGIONS } from "../../src/cloud/data/regions";
import { ACCESS_POINTS } from "../../src/cloud/data/anycast";
import { placeOfAccessPoint, REGIONS, USER_LOCATIONS, userLocation } from "../../src/internet";
import type { UserLocation } from "../../src/internet";
import { exponential, seededRandom } from "../../src/internet/random";
import { distanceKm, nearestAccessPoint, oneWayMs, routeFrom } from "../../src/internet/route";

const users = Object.keys(USER_LOCATIONS) as UserLocation[];
const accessPoints = ACCESS_POINTS.filter((one) => one.serviceLocation === "international").map((one) => one.id);

describe("the map of the simulated internet", () => {
  it("holds every region and every access point of the simulated cloud", () => {
    const regions = [...CLOUD_REGIONS].map((one) => one.id);
    expect(regions.filter((id) => REGIONS[id] === undefined)).toEqual([]);
    expect(ACCESS_POINTS.filter((one) => placeOfAccessPoint(one.id) === undefined)).toEqual([]);
    expect(regions.length).toBeGreaterThan(30);
  });

  it.each([
    ["london", "ap-southeast-1", 10_860],
    ["new-york", "eu-central-1", 6_200],
    ["sydney", "us-west-1", 11_950],
  ] as const)("%s and %s are about %d km apart", (user, region, km) => {
    const place = REGIONS[region];
    if (place === undefined) throw new Error("not on the map");
    expect(Math.abs(distanceKm(USER_LOCATIONS[user], place) - km)).toBeLessThan(km * 0.02);
  });

  it.each(["Mars", "", "London", "__proto__", "toString"])("rejects the user location %p", (text) => {
    expect(() => userLocation(text)).toThrow(/Expected the user's location to be one of london, .* Fix: /);
  });

  it("knows its own user locations", () => {
    expect(users.map(userLocation)).toEqual(users);
  });

  it.each([
    ["london", "eu-west-1-pop"],
    ["hong-kong", "cn-hongkong-pop"],
    ["paris", "eu-west-1-pop"],
    ["tokyo", "ap-northeast-1-pop"],
    ["new-york", "us-east-1-pop"],
    ["los-angeles", "us-west-1-pop"],
  ] as const)("routes a user in %s to %s", (user, accessPoint) => {
    expect(nearestAccessPoint(user, accessPoints)).toBe(accessPoint);
  });

  it("makes the route over the backbone shorter for a user near an access point and far from the service", () => {
    const near = (user: UserLocation): boolean => {
      const entry = placeOfAccessPoint(nearestAccessPoint(user, accessPoints) ?? "");
      return entry !== undefined && distanceKm(USER_LOCATIONS[user], entry) < 1000;
    };
    const far = users.filter(near).flatMap((user) =>
      ["cn-hongkong", "ap-southeast-1", "eu-central-1"].flatMap((region) => {
        const place = REGIONS[region];
        return place !== undefined && distanceKm(USER_LOCATIONS[user], place) > 2500 ? [[user, region] as const] : [];
      }),
    );
    expect(far.length).toBeGreaterThan(15);
    for (const [user, region] of far) {
      const accelerated = routeFrom(user, region, nearestAccessPoint(user, accessPoints));
      const plain = routeFrom(user, region);
      expect([user, region, accelerated.rttMs <= plain.rttMs]).toEqual([user, region, true]);
      expect(accelerated.jitterMs).toBeLessThan(plain.jitterMs);
    }
  });

  it("adds up a route from its parts: the public internet loses more segments the longer it is, the backbone loses none", () => {
    for (const user of users) {
      const plain = routeFrom(user, "ap-southeast-1");
      const entry = nearestAccessPoint(user, accessPoints)!;
      const { legs, rttMs, jitterMs, loss } = routeFrom(user, "ap-southeast-1", entry);
      expect([...plain.legs, ...legs].map(({ network }) => network)).toEqual(["public", "public", "backbone"]);
      const [toEntry, backbone] = [legs[0]!, legs[1]!];
      // One millisecond is spent inside of the region.
      expect(rttMs).toBeCloseTo(toEntry.rttMs + backbone.rttMs + 1);
      expect(jitterMs).toBeCloseTo(toEntry.jitterMs + backbone.jitterMs);
      expect([backbone.loss, loss]).toEqual([0, expect.closeTo(toEntry.loss, 10)]);
      expect(toEntry.loss).toBeGreaterThan(0);
      expect(toEntry.loss).toBeLessThanOrEqual(plain.legs[0]!.loss);
    }
    expect(routeFrom("london", "ap-southeast-1").loss).toBeGreaterThan(2 * routeFrom("singapore", "cn-hongkong").loss);
  });

  it.each([
    ["a region", () => routeFrom("london", "mars-north-1")],
    ["an access point", () => routeFrom("london", "eu-central-1", "mars-pop")],
    ["a region named like an object property", () => routeFrom("london", "constructor")],
  ])("refuses %s that is not on the map", (_what, run) => {
    expect(run).toThrow(expect.objectContaining({ code: "PlaceNotOnMap" }));
  });
});

describe("the seeded generator", () => {
  it("gives the same sequence for the same seed and another one for another seed", () => {
    const draw = (...seed: (string | number)[]): number[] => {
      const random = seededRandom(...seed);
      return Array.from({ length: 20 }, random);
    };
    expect(draw(1, "a")).toEqual(draw(1, "a"));
    expect(draw(1, "a")).not.toEqual(draw(2, "a"));
    expect(draw(1, "a", 1)).not.toEqual(draw(1, "a", 2));
  });

  it("is uniform over [0, 1) for any seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (text, number) => {
        const random = seededRandom(text, number);
        const drawn = Array.from({ length: 2000 }, random);
        const mean = drawn.reduce((a, b) => a + b, 0) / drawn.length;
        return drawn.every((x) => x >= 0 && x < 1) && Math.abs(mean - 0.5) < 0.05;
      }),
      { numRuns: 50 },
    );
  });

  it("draws exponential delays with the given mean, and losses at the route's loss rate", () => {
    const random = seededRandom("mean");
    const drawn = Array.from({ length: 20_000 }, () => exponential(random, 5));
    expect(drawn.reduce((a, b) => a + b, 0) / drawn.length).toBeCloseTo(5, 0);
    const route = { rttMs: 100, jitterMs: 0, loss: 0.1 };
    const late = Array.from({ length: 20_000 }, () => oneWayMs(route, random)).filter((ms) => ms > 50);
    expect(late.length / 20_000).toBeGreaterThan(0.09);
    expect(late.length / 20_000).toBeLessThan(0.11);
    expect(new Set(late)).toEqual(new Set([250]));
  });
});

import * as fc from "fast-check";
import { windowState } from "../../../src/check/config";

function state(window: Parameters<typeof windowState>[0][number], now: string): ReturnType<typeof windowState> {
  return windowState([window], new Date(now));
}

describe("a change window", () => {
  const night = { from: "22:00", to: "06:00", time_zone: "Asia/Singapore" };

  it.each([
    ["2026-06-01T13:59:59Z", false],
    ["2026-06-01T14:00:00Z", true],
    ["2026-06-01T21:59:59Z", true],
    ["2026-06-01T22:00:00Z", false],
  ])("from 22:00 to 06:00 in Singapore at %s is open: %s", (now, open) => {
    expect(state(night, now).open).toBe(open);
  });

  it.each([
    // Friday 23:00 to Saturday 03:00 in London, in summer time (UTC+1) and in winter time (UTC).
    ["2026-07-03T22:30:00Z", true],
    ["2026-07-04T01:59:00Z", true],
    ["2026-07-04T02:00:00Z", false],
    ["2026-07-04T22:30:00Z", false],
    ["2026-01-02T22:30:00Z", false],
    ["2026-01-02T23:30:00Z", true],
  ])("on Fridays in London at %s is open: %s", (now, open) => {
    expect(state({ days: ["fri"], from: "23:00", to: "03:00", time_zone: "Europe/London" }, now).open).toBe(open);
  });

  it.each([
    // 2026-03-29: clocks in London go from 01:00 to 02:00, so 01:30 does not exist; it opens right after the gap.
    ["2026-03-29T00:59:00Z", false],
    ["2026-03-29T01:00:00Z", true],
    ["2026-03-29T01:59:00Z", true],
    ["2026-03-29T02:00:00Z", false],
  ])("that opens in the hour that daylight saving time skips, at %s is open: %s", (now, open) => {
    expect(state({ from: "01:30", to: "03:00", time_zone: "Europe/London" }, now).open).toBe(open);
  });

  it.each([
    // 2026-10-25: 01:00 to 02:00 comes twice in London; the window opens at the first 01:30 and ends at the only 03:00.
    ["2026-10-25T00:29:00Z", false],
    ["2026-10-25T00:30:00Z", true],
    ["2026-10-25T01:30:00Z", true],
    ["2026-10-25T02:59:00Z", true],
    ["2026-10-25T03:00:00Z", false],
  ])("that opens in the hour that daylight saving time repeats, at %s is open: %s", (now, open) => {
    expect(state({ from: "01:30", to: "03:00", time_zone: "Europe/London" }, now).open).toBe(open);
  });

  it("says when it opens next, in its zone and in UTC", () => {
    const closed = state(
      { days: ["sun"], from: "02:00", to: "04:00", time_zone: "Asia/Hong_Kong" },
      "2026-06-01T00:00:00Z",
    );
    expect(closed.opensAt?.toISOString()).toBe("2026-06-06T18:00:00.000Z");
    expect(closed.next).toContain("Sun");
    expect(closed.next).toContain("02:00");
    expect(closed.next).toContain("2026-06-06T18:00Z");
  });

  it("is open when one of several is", () => {
    const other = { from: "00:00", to: "01:00", time_zone: "UTC" };
    expect(windowState([night, other], new Date("2026-06-01T00:30:00Z")).open).toBe(true);
  });

  it("is open exactly between its local times, whatever the day (zones without daylight saving)", () => {
    const zones = [
      { time_zone: "UTC", offset: 0 },
      { time_zone: "Asia/Singapore", offset: 8 * 60 },
      { time_zone: "Asia/Kolkata", offset: 5 * 60 + 30 },
    ];
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        minute,
        minute,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 60 * 24 * 365 }),
        (from, to, zone, at) => {
          fc.pre(from !== to);
          const local = (at + zone.offset) % 1440;
          const open = from < to ? local >= from && local < to : local >= from || local < to;
          const text = (value: number): string =>
            `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
          const now = new Date(Date.UTC(2026, 0, 1) + at * 60_000);
          return state({ from: text(from), to: text(to), time_zone: zone.time_zone }, now.toISOString()).open === open;
        },
      ),
    );
  });
});

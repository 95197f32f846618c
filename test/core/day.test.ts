import { dayOf, isDay } from "../../src/core/day";

describe("a calendar day", () => {
  test.each(["2027-01-31", "2028-02-29", "2000-02-29", "1999-12-31"])("is accepted: %s", (text) => {
    expect(isDay(text)).toBe(true);
  });

  test.each<[unknown]>([
    ["2027-02-29"],
    ["2100-02-29"],
    ["2027-04-31"],
    ["2027-13-01"],
    ["2027-00-10"],
    ["2027-01-00"],
    ["2027-1-31"],
    ["2027-01-31T00:00:00Z"],
    [" 2027-01-31"],
    ["soon"],
    [""],
    [undefined],
    [20270131],
    [new Date(0)],
  ])("is refused: %j", (value) => {
    expect(isDay(value)).toBe(false);
  });

  test("is the day in UTC, in any time zone", () => {
    expect(dayOf(new Date("2027-01-31T23:30:00-02:00"))).toBe("2027-02-01");
  });
});

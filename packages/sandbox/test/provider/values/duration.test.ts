import { parseDuration } from "../../../src/provider/values/duration";

it.each([
  ["10m", 600_000],
  ["1h30m", 5_400_000],
  ["1h12m0s", 4_320_000],
  ["1.5s", 1_500],
  ["500ms", 500],
  ["0", 0],
])("the time limit %s is %d milliseconds", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each(["soon", "10", "m", "10 m", "10x", ""])("%p is not a time limit", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

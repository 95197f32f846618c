const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a Go duration such as `10m`, `1h30m0s` or `500ms`; undefined when it is not one. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const parts = /^((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(text)
    ? text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)
    : undefined;
  if (parts === undefined) return undefined;
  let sum = 0;
  for (const [, amount, unit] of parts) sum += Number(amount) * (UNITS[unit as string] as number);
  return sum;
}

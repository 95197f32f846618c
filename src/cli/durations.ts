import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `90s`, `15m`, `12h`, `7d` as milliseconds, for commander. */
export function duration(text: string): number {
  const parts = /^(\d+)([smhd])$/.exec(text);
  if (parts === null) throw new InvalidArgumentError("Expected a duration such as 90s, 15m, 12h or 7d.");
  return Number(parts[1]) * UNITS[parts[2]!]!;
}
